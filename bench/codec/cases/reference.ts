import { byHand } from "../codec.ts";
import { reference } from "../reference/index.ts";
import { codecCase } from "./codec-case.ts";

export const referenceCase = codecCase("reference", byHand(reference));

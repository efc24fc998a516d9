import { GENERATED } from "../bars.ts";
import { generated } from "../codec.ts";
import * as e1000Like from "../gen/codecs/e1000Like.ts";
import { codecCase } from "./codec-case.ts";

export const generatedCase = codecCase(GENERATED, generated(e1000Like));

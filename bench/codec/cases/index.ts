import type { Case } from "../case.ts";
import { avsc } from "./avsc.ts";
import { binaryParser } from "./binary-parser.ts";
import { bufbuild } from "./bufbuild.ts";
import { cborX } from "./cbor-x.ts";
import { flatbuffers } from "./flatbuffers.ts";
import { generatedCase } from "./generated.ts";
import { kaitai } from "./kaitai.ts";
import { msgpackr } from "./msgpackr.ts";
import { protobufjs } from "./protobufjs.ts";
import { referenceCase } from "./reference.ts";

/** Our own codecs come first; the rest are libraries that need the package of peers. */
export const OWN: readonly Case[] = [generatedCase, referenceCase];
export const PEER_CASES: readonly Case[] = [avsc, protobufjs, bufbuild, msgpackr, cborX, flatbuffers, kaitai, binaryParser];
export const CASES: readonly Case[] = [...OWN, ...PEER_CASES];

import { Refusal } from "../../../compiler/interpret/input.ts";
import { Tracer } from "../../../compiler/interpret/tracer.ts";
import { interpretLoad } from "../../../compiler/interpret.ts";
import type { Scalar } from "../../../compiler/ir.ts";
import type { Program } from "../../../compiler/kinds/kind.ts";
import type { VmsdLayout } from "../../../runtime/codec/layout.ts";
import { SectionRefusal } from "../../../runtime/stream/section-codec.ts";

/** What the bytes are by a vmsd, as a load takes them; a refusal is given, not thrown, as another vmsd may take them. */
export function readLayout(
  program: Program,
  id: string,
  version: number,
  bytes: Uint8Array,
  properties: Readonly<Record<string, Scalar>> = {},
): VmsdLayout | SectionRefusal {
  const tracer = new Tracer(program);
  try {
    interpretLoad(program, id, bytes, version, properties, undefined, [], tracer);
    if (tracer.layout === undefined) throw new Error(`Nothing was traced of '${id}'.`);
    return tracer.layout;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, path, offset = 0 } = error;
    return new SectionRefusal(offset, path, code === "truncated", `The descriptors refuse ${path} here: ${SENTENCES[code] ?? code}.`);
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  truncated: "the bytes end within it",
  "too-new": "its version is newer than theirs",
  "too-old": "its version is older than the oldest that they take",
  limit: "it counts more than may be",
  invalid: "its value is none that the device accepts",
  "not-equal": "it differs from what the machine type has",
  "bad-marker": "a null pointer is marked by another byte",
  "unknown-subsection": "the subsection is not theirs",
  "tree-count": "a tree has another number of nodes than it says",
};

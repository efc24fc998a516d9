import type { Value } from "../../../compiler/expr/expr.ts";
import { Refusal } from "../../../compiler/interpret/input.ts";
import { Tracer } from "../../../compiler/interpret/tracer.ts";
import { interpretLoad, interpretSave } from "../../../compiler/interpret.ts";
import type { Scalar, VmsdIr } from "../../../compiler/ir.ts";
import type { Program } from "../../../compiler/kinds/kind.ts";
import type { VmsdLayout } from "../../../runtime/codec/layout.ts";
import { SectionRefusal } from "../../../runtime/stream/section-codec.ts";

/** A section as a vmsd takes it, its device configured in one way. */
export interface Read {
  readonly vmsd: VmsdIr;
  readonly properties: Readonly<Record<string, Scalar>>;
  readonly layout: VmsdLayout;
  readonly state: Value;
}

/** What became of an attempt, and the properties that it went by. */
export interface Attempt {
  readonly read: Read | SectionRefusal;
  readonly asked: ReadonlySet<string>;
}

/** What the bytes are by a vmsd, as a load takes them; a refusal is given, not thrown, as another vmsd may take them. */
export function tryRead(
  program: Program,
  vmsd: VmsdIr,
  version: number,
  bytes: Uint8Array,
  properties: Readonly<Record<string, Scalar>>,
): Attempt {
  const tracer = new Tracer(program);
  const { asked } = tracer;
  try {
    const { state } = interpretLoad(program, vmsd.id, bytes, version, properties, undefined, [], tracer);
    if (tracer.layout === undefined) throw new Error(`Nothing was traced of '${vmsd.id}'.`);
    return { read: { vmsd, properties, layout: tracer.layout, state }, asked };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, path, offset = 0 } = error;
    const sentence = `The descriptors refuse ${path} here: ${SENTENCES[code] ?? code}.`;
    return { read: new SectionRefusal(offset, path, code === "truncated", sentence), asked };
  }
}

/** Whether a save of what was read gives the same bytes: a build that sends more, or in another version, has not written them. */
export function isOwnWriting(program: Program, { vmsd, properties, layout, state }: Read, version: number, bytes: Uint8Array): boolean {
  if (vmsd.versionId !== version) return false;
  try {
    const saved = interpretSave(program, vmsd.id, state, properties);
    return Buffer.compare(saved, bytes.subarray(0, layout.size)) === 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return false;
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

import { Refusal } from "../../compiler/interpret/input.ts";
import { Tracer } from "../../compiler/interpret/tracer.ts";
import { interpretLoad } from "../../compiler/interpret.ts";
import type { MachineIr } from "../../compiler/ir.ts";
import type { Program } from "../../compiler/kinds/kind.ts";
import { type SectionCodec, SectionRefusal } from "../../runtime/stream/section-codec.ts";

/** A machine type's sections by their vmsds: what a load takes, and which bytes are what. */
export function machineCodec(program: Program, machine: MachineIr, idOf: (id: string) => string): SectionCodec {
  const ids = new Map([...machine.sections, ...machine.devices].map((id) => [program.vmsd(id).name, idOf(id)]));
  return {
    layoutOf: (name, version, bytes) => {
      const id = ids.get(name) ?? ids.get(behindPath(name));
      return id === undefined ? undefined : layoutOf(program, id, version, bytes);
    },
  };
}

/** A device's place stands before the name of its vmsd: `0000:00:02.0/e1000`. */
function behindPath(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}

function layoutOf(program: Program, id: string, version: number, bytes: Uint8Array) {
  const tracer = new Tracer(program);
  try {
    interpretLoad(program, id, bytes, version, {}, undefined, [], tracer);
    return tracer.layout;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, path, offset = 0 } = error;
    throw new SectionRefusal(offset, path, code === "truncated", `The descriptors refuse ${path} here: ${SENTENCES[code] ?? code}.`);
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

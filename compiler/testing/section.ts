import { ByteReader, ByteWriter, type Codec, type View } from "../../runtime/codec/v1.ts";
import type { State } from "../interpret/input.ts";
import { interpretLoad, interpretSave } from "../interpret.ts";
import type { Scalar, VmsdIr } from "../ir.ts";
import type { Program } from "../kinds/kind.ts";

/** One section as a build of a machine type has it. */
export interface Section {
  /** On the wire. */
  readonly name: string;
  /** With the machine type's pins put in. */
  readonly vmsd: VmsdIr;
  /** It and all that is within, by id. */
  readonly vmsds: Readonly<Record<string, VmsdIr>>;
  readonly program: Program;
  readonly properties: Readonly<Record<string, Scalar>>;
}

/** A section with what was generated for it. */
export interface LoadedSection extends Section {
  readonly codec: Codec<State, unknown>;
  readonly view: View<State>;
}

/** How much is tried, and from which seed. */
export interface Effort {
  readonly states: number;
  readonly seed: number;
  readonly examples: readonly State[];
}

export interface Loaded {
  readonly state: State;
  readonly end: number;
}

/** The same things done by the codec that was generated and by the interpreter. Both throw what `attempt` understands. */
export interface Engine {
  readonly save: (state: State) => Uint8Array;
  readonly load: (bytes: Uint8Array, versionId?: number) => Loaded;
  /** Loads into a state, which is left as it was when the bytes are refused. */
  readonly loadInto: (target: State, bytes: Uint8Array) => void;
}

/** What is in the buffer before it is written to must not show. */
const DIRT = 0xaa;

export function codecOf({ codec, properties }: LoadedSection): Engine {
  return {
    save: (state) => {
      const w = new ByteWriter(16);
      w.bytes.fill(DIRT);
      codec.save(state, w, properties);
      return w.written();
    },
    load: (bytes, versionId = codec.versionId) => {
      const r = new ByteReader(bytes);
      const state = codec.load(r, versionId, properties);
      return { state, end: r.at };
    },
    loadInto: (target, bytes) => codec.loadInto(target, new ByteReader(bytes), codec.versionId, properties),
  };
}

export function interpreterOf({ vmsd, program, properties }: Section): Engine {
  return {
    save: (state) => interpretSave(program, vmsd.id, state, properties),
    load: (bytes, versionId = vmsd.versionId) => interpretLoad(program, vmsd.id, bytes, versionId, properties),
    loadInto: (target, bytes) =>
      void Object.assign(target, interpretLoad(program, vmsd.id, bytes, vmsd.versionId, properties, target).state),
  };
}

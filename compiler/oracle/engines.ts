import { ByteReader, ByteWriter } from "../../runtime/codec/v1.ts";
import type { State } from "../interpret/input.ts";
import { interpretLoad, interpretSave } from "../interpret.ts";
import type { Scalar, VmsdIr } from "../ir.ts";
import { programOf } from "../program.ts";
import { type Generated, runModule, sourcesOf } from "./run-codec.ts";

type Properties = Readonly<Record<string, Scalar>>;

/** What a codec does, by the generated one or by the interpreter. Both throw what `attempt` understands. */
export interface Engine {
  readonly name: "codec" | "interpreter";
  readonly save: (state: State) => Uint8Array;
  readonly load: (bytes: Uint8Array, versionId: number) => { readonly state: unknown; readonly end: number };
  /** Loads into a state, which is left as it was when the bytes are refused. */
  readonly loadInto: (target: State, bytes: Uint8Array, versionId: number) => void;
}

/** Both engines over vmsds that refer only to each other, for that of the id given and with these of its properties. */
export function enginesOf(vmsds: Readonly<Record<string, VmsdIr>>, id: string, given: Properties = {}): readonly [Engine, Engine] {
  const program = programOf(vmsds);
  const properties = { ...program.vmsd(id).properties, ...given };
  return [
    codecEngine(runModule<{ codec: Generated }>(sourcesOf(vmsds, program), id).codec, properties),
    {
      name: "interpreter",
      save: (state) => interpretSave(program, id, state, properties),
      load: (bytes, versionId) => interpretLoad(program, id, bytes, versionId, properties),
      loadInto: (target, bytes, versionId) =>
        void Object.assign(target, interpretLoad(program, id, bytes, versionId, properties, target).state),
    },
  ];
}

/** What is in the buffer before it is written to must not show. */
const DIRT = 0xaa;

function codecEngine(codec: Generated, properties: Properties): Engine {
  return {
    name: "codec",
    save: (state) => {
      const w = new ByteWriter(16);
      w.bytes.fill(DIRT);
      codec.save(state, w, properties);
      return w.written();
    },
    load: (bytes, versionId) => {
      const r = new ByteReader(bytes);
      const state = codec.load(r, versionId, properties);
      return { state, end: r.at };
    },
    loadInto: (target, bytes, versionId) => codec.loadInto(target, new ByteReader(bytes), versionId, properties),
  };
}

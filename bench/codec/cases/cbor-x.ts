import type { Case } from "../case.ts";
import { peer } from "../peer.ts";
import type { E1000State } from "../state.ts";

interface Records {
  encode(value: unknown): Buffer;
  decode(bytes: Uint8Array): unknown;
}

export const cborX: Case = {
  name: "cbor-x",
  note: "records, native strings",
  setup(states) {
    const { Encoder } = peer<{ Encoder: new (options: object) => Records }>("cbor-x");
    const records = new Encoder({ structures: [], useRecords: true });
    const values = states.map((state) => ({ ...state, config: Buffer.from(state.config) }));
    const wires = values.map((value) => Buffer.from(records.encode(value)));
    return {
      encode: (index) => records.encode(values[index]),
      decode: (index) => records.decode(wires[index] as Buffer),
      wire: (index) => wires[index] as Buffer,
      asState: (decoded) => whole(decoded as E1000State),
    };
  },
};

/** A u64 that fits is read as a Number. */
function whole(state: E1000State): E1000State {
  return { ...state, ring: state.ring.map((entry) => ({ ...entry, addr: BigInt(entry.addr) })) };
}

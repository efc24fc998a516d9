import type { Case } from "../case.ts";
import { peer } from "../peer.ts";
import type { E1000State } from "../state.ts";

interface Records {
  pack(value: unknown): Buffer;
  unpack(bytes: Uint8Array): unknown;
}

export const msgpackr: Case = {
  name: "msgpackr",
  note: "records, native strings",
  setup(states) {
    const { Packr } = peer<{ Packr: new (options: object) => Records }>("msgpackr");
    const records = new Packr({ structures: [], useRecords: true });
    const values = states.map((state) => ({ ...state, config: Buffer.from(state.config) }));
    const wires = values.map((value) => Buffer.from(records.pack(value)));
    return {
      encode: (index) => records.pack(values[index]),
      decode: (index) => records.unpack(wires[index] as Buffer),
      wire: (index) => wires[index] as Buffer,
      asState: (decoded) => whole(decoded as E1000State),
    };
  },
};

/** A u64 that fits is read as a Number. */
function whole(state: E1000State): E1000State {
  return { ...state, ring: state.ring.map((entry) => ({ ...entry, addr: BigInt(entry.addr) })) };
}

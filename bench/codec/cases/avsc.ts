import { readFileSync } from "node:fs";
import type { Case } from "../case.ts";
import { PEERS, peer } from "../peer.ts";
import type { E1000State } from "../state.ts";

interface AvroType {
  encode(value: unknown, buffer: Buffer, at: number): number;
  decode(buffer: Buffer, at: number): { value: unknown; offset: number };
}
type NumberState = Omit<E1000State, "ring" | "config"> & { config: Buffer; ring: { addr: number; length: number; flags: number }[] };

const SAFE = (1n << 53n) - 1n;

export const avsc: Case = {
  name: "avsc",
  note: "into a buffer; u64 as Number, so below 2^53 only",
  setup(states) {
    const { Type } = peer<{ Type: { forSchema(schema: unknown): AvroType } }>("avsc");
    const type = Type.forSchema(JSON.parse(readFileSync(`${PEERS}/schemas/e1000.avsc`, "utf8")));
    const values = states.map(toAvro);
    const wires = values.map((value) => {
      const buffer = Buffer.alloc(4096);
      return buffer.subarray(0, type.encode(value, buffer, 0));
    });
    const out = Buffer.alloc(4096);
    return {
      encode: (index) => type.encode(values[index], out, 0),
      written: () => out,
      decode: (index) => type.decode(wires[index] as Buffer, 0).value,
      wire: (index) => wires[index] as Buffer,
      asState: (decoded) => fromAvro(decoded as NumberState),
      addrMask: SAFE,
    };
  },
};

function toAvro(state: E1000State): NumberState {
  const ring = state.ring.map(({ addr, length, flags }) => ({ addr: Number(addr & SAFE), length, flags }));
  return { ...state, config: Buffer.from(state.config), ring };
}

function fromAvro(value: NumberState): E1000State {
  return { ...value, ring: value.ring.map(({ addr, length, flags }) => ({ addr: BigInt(addr), length, flags })) };
}

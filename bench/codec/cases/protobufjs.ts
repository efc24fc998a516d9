import type { Case } from "../case.ts";
import { PEERS, peer } from "../peer.ts";
import type { E1000State } from "../state.ts";

interface Message {
  create(value: object): unknown;
  encode(message: unknown): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
}
interface LongFace {
  fromBigInt(value: bigint, unsigned: boolean): unknown;
}
interface Loaded {
  ring: { addr: { toBigInt(): bigint }; length: number; flags: number }[];
}

export const protobufjs: Case = {
  name: "protobufjs",
  note: "static module, fixed32 and fixed64; u64 as Long",
  setup(states) {
    const { E1000 } = peer<{ E1000: Message }>(`${PEERS}/gen/protobufjs.cjs`);
    const Long = peer<LongFace>("long");
    const messages = states.map((state) => {
      const ring = state.ring.map(({ addr, length, flags }) => ({ addr: Long.fromBigInt(addr, true), length, flags }));
      return E1000.create({ ...state, ring });
    });
    const wires = messages.map((message) => Buffer.from(E1000.encode(message).finish()));
    return {
      encode: (index) => E1000.encode(messages[index]).finish(),
      decode: (index) => E1000.decode(wires[index] as Buffer),
      wire: (index) => wires[index] as Buffer,
      asState: (decoded) => {
        const ring = (decoded as Loaded).ring.map(({ addr, length, flags }) => ({ addr: addr.toBigInt(), length, flags }));
        const message = decoded as E1000State;
        const entries = Object.keys(states[0] as E1000State).map((name) => [name, message[name as keyof E1000State]]);
        return { ...Object.fromEntries(entries), ring } as E1000State;
      },
    };
  },
};

import type { Case } from "../case.ts";
import { writerOver } from "../codec.ts";
import { PEERS, peer } from "../peer.ts";
import { reference } from "../reference/index.ts";
import type { E1000State } from "../state.ts";
import { fromCamelCase } from "./camel-case.ts";

type Parsed = { ring: { addr: number; length: number; flags: number }[]; tso?: object; autoneg: number; linkUp: number };
type Stream = new (bytes: ArrayBuffer, at: number) => object;
type Parser = new (stream: object) => Parsed;

const SAFE = (1n << 53n) - 1n;

export const kaitai: Case = {
  name: "kaitai",
  note: "reads our own wire; u64 as Number, so below 2^53 only",
  setup(states) {
    const KaitaiStream = peer<Stream>("kaitai-struct/KaitaiStream");
    const module = peer<Record<string, unknown>>(`${PEERS}/gen/E1000.js`);
    const E1000 = (typeof module === "function" ? module : (module.E1000 as Record<string, unknown>)) as unknown as Parser;
    const wires = states.map((state) => ourWire({ ...state, ring: state.ring.map((each) => ({ ...each, addr: each.addr & SAFE })) }));
    return {
      decode: (index) => new E1000(new KaitaiStream((wires[index] as Uint8Array).buffer as ArrayBuffer, 0)),
      wire: (index) => wires[index] as Uint8Array,
      asState: (decoded) => fromKaitai(decoded as Parsed, states[0] as E1000State),
      addrMask: SAFE,
    };
  },
};

function fromKaitai(parsed: Parsed, like: E1000State): E1000State {
  const ring = parsed.ring.map(({ addr, length, flags }) => ({ addr: BigInt(addr), length, flags }));
  const state = fromCamelCase({ ...parsed, ...(parsed.tso ?? absentTso) }, like);
  return { ...state, autoneg: parsed.autoneg !== 0, link_up: parsed.linkUp !== 0, ring };
}

const absentTso = { tsoFlags: 0, tsoHeader: 0, tsoStart: 0, tsoEnd: 0, tsoMss: 0, tsoLength: 0 };

/** One state in a buffer of its own, as the reference writes it. */
export function ourWire(state: E1000State): Uint8Array {
  const writer = writerOver(new Uint8Array(1024));
  reference.save(state, writer);
  return writer.bytes.slice(0, writer.at);
}

import type { Case } from "../case.ts";
import { peer } from "../peer.ts";
import type { E1000State } from "../state.ts";
import { ourWire } from "./kaitai.ts";

interface Parser {
  endianess(endian: "big"): Parser;
  uint8(name: string): Parser;
  uint16(name: string): Parser;
  uint32(name: string): Parser;
  uint64be(name: string): Parser;
  array(name: string, options: object): Parser;
  buffer(name: string, options: object): Parser;
  seek(bytes: number): Parser;
  parse(bytes: Uint8Array): unknown;
}
type Parsed = Omit<E1000State, "autoneg" | "link_up"> & { autoneg: number; link_up: number; tso: object[] };

export const binaryParser: Case = {
  name: "binary-parser",
  note: "reads our own wire",
  setup(states) {
    const { Parser } = peer<{ Parser: new () => Parser }>("binary-parser");
    const parser = e1000(Parser, states[0] as E1000State);
    const wires = states.map((state) => Buffer.from(ourWire(state)));
    return {
      decode: (index) => parser.parse(wires[index] as Buffer),
      wire: (index) => wires[index] as Buffer,
      asState: (decoded) => fromParsed(decoded as Parsed, states[0] as E1000State),
    };
  },
};

function e1000(Parser: new () => Parser, like: E1000State): Parser {
  const names = Object.keys(like);
  const start = (prefix: string): string[] => names.filter((name) => name.startsWith(prefix));
  const entry = new Parser().endianess("big").uint64be("addr").uint32("length").uint16("flags");
  const tso = new Parser().endianess("big").seek(23);
  for (const name of start("tso_")) tso.uint32(name);
  const parser = new Parser().endianess("big");
  for (const name of start("mac_")) parser.uint32(name);
  for (const name of start("phy_")) parser.uint16(name);
  for (const name of ["rx_shift", "tx_state", "autoneg", "link_up"]) parser.uint8(name);
  return parser
    .array("eeprom", { type: "uint16be", length: 64 })
    .buffer("config", { length: 256 })
    .array("ring", { type: entry, length: 16 })
    .array("tso", { type: tso, readUntil: "eof" });
}

function fromParsed({ tso, ...parsed }: Parsed, like: E1000State): E1000State {
  const absent = Object.fromEntries(Object.keys(like).flatMap((name) => (name.startsWith("tso_") ? [[name, 0]] : [])));
  const flags = { autoneg: parsed.autoneg !== 0, link_up: parsed.link_up !== 0 };
  return { ...absent, ...parsed, ...tso[0], ...flags } as unknown as E1000State;
}

import type { Random } from "./random.ts";

/** Keys that codecs have to quote, or that they themselves, or every object, have a name like. */
const AWKWARD = [
  "x y",
  'quo"ted',
  "back\\slash",
  "no`template`$",
  "env.regs",
  "0x",
  "größe",
  "s",
  "m",
  "d",
  "b",
  "o",
  "r",
  "w",
  "old",
  "end",
  "at",
  "o0",
  "o1",
  "a0",
  "e0",
  "n0",
  "at0",
  "version0",
  "versionId",
  "load",
  "save",
  "codec",
  "State",
  "S64",
  "HIGH",
  "PAGE",
  "DEFAULTS",
  "class",
  "constructor",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "length",
  "key",
  "value",
  "$",
  "_",
  "_m",
];

/** Ids: exports may be called so. */
const AWKWARD_IDS = ["s", "w", "r", "b", "d", "load", "save", "State", "Properties", "codec", "S64", "truncated", "ByteReader", "o0", "m"];

/** A key that the vmsd does not have yet. */
export function randomKey(random: Random, used: Set<string>): string {
  const wanted = random.chance(0.4) ? random.pick(AWKWARD) : `f${used.size}`;
  const key = used.has(wanted) ? `f${used.size}` : wanted;
  used.add(key);
  return key;
}

/** An id that no vmsd of the schema has yet. */
export function randomId(random: Random, made: number, used: ReadonlySet<string>): string {
  const wanted = random.pick(AWKWARD_IDS);
  return random.chance(0.2) && !used.has(wanted) ? wanted : `inner${made}`;
}

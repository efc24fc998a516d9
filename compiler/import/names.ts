import { KIND_WORDS, WRAPPERS } from "../read/read-kind.ts";
import { type Family, isSection } from "./family.ts";

/** Names that an export may not have: the language's own, which a descriptor imports, and TypeScript's. */
const TAKEN: ReadonlySet<string> = new Set([
  ...[...KIND_WORDS, ...WRAPPERS, "vmsd", "machine", "capabilityAt"],
  ..."arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for".split(
    " ",
  ),
  ..."function if implements import in instanceof interface let new null package private protected public return static super".split(" "),
  ..."switch this throw true try typeof undefined var void while with yield s m index versionId".split(" "),
]);

/** `PCIDevice` gives `pciDevice`, `PS2 Common State` gives `ps2CommonState`: an export needs a name of its own, whatever the wire has. */
export function idFrom(...texts: readonly string[]): string {
  const words = texts.flatMap((text) => text.split(/[^A-Za-z0-9]+/)).filter((word) => word !== "");
  const id = words.map((word, at) => (at === 0 ? lowerStart(word) : upperStart(word))).join("");
  return /^[A-Za-z]/.test(id) ? id : `vmsd${id}`;
}

/** A word in capitals is lower-cased whole, capitals before a word are as far as that. */
function lowerStart(word: string): string {
  if (/^[A-Z0-9]+$/.test(word)) return word.toLowerCase();
  return word.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+/, (capitals) => capitals.toLowerCase());
}

function upperStart(word: string): string {
  const rest = word.slice(1);
  return word.charAt(0).toUpperCase() + (/^[A-Z0-9]+$/.test(rest) ? rest.toLowerCase() : rest);
}

/** `PCIDevice` gives `pci-device`. */
export function fileFrom(id: string): string {
  return `${id.replace(/[A-Z]+/g, (capitals) => `-${capitals.toLowerCase()}`)}.ts`;
}

/** Part of the name of a property or of a field of our own. */
export function plainWord(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
}

/**
 * The exports' names. Of vmsds with one name the section with the most types has it; the next are named by a type, or by the field that
 * they are in. `given` are those that have a name already.
 */
export function nameFamilies(
  families: readonly Family[],
  given: ReadonlyMap<Family, string>,
  used: ReadonlySet<string>,
): Map<Family, string> {
  const ids = new Map(given);
  const taken = new Set([...TAKEN, ...used, ...given.values()]);
  const first = families.filter((each) => !given.has(each)).toSorted((a, b) => rank(b) - rank(a));
  for (const family of first) {
    for (const id of candidatesOf(family)) {
      if (taken.has(id)) continue;
      taken.add(id);
      ids.set(family, id);
      break;
    }
  }
  return ids;
}

function rank(family: Family): number {
  return family.types.size + (isSection(family) ? 0.5 : 0);
}

function* candidatesOf(family: Family): Generator<string> {
  yield idFrom(family.name);
  for (const type of [...family.types].toSorted()) yield idFrom(type);
  for (const user of family.users)
    for (const [key, inner] of user.inner) {
      const field = fieldIn(key);
      if (inner === family && field !== family.name) yield idFrom(family.name, field);
    }
  yield idFrom(family.name, isSection(family) ? "section" : "state");
  for (let n = 2; ; n++) yield idFrom(family.name, String(n));
}

/** The field's name in a key of `inner`: `vga:vga#0`. */
function fieldIn(key: string): string {
  return key.slice(key.indexOf(":") + 1, key.lastIndexOf("#"));
}

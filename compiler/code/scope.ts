import { block, type Code, code, list, raw } from "./code.ts";
import { mentions } from "./reads.ts";

/** A function, class or constant of a generated module. */
export interface Definition {
  readonly name: string;
  /** Its text, without `export`. */
  readonly text: Code;
  readonly exported?: boolean;
  /** It is wanted where the memory is, if there is any. */
  readonly close?: boolean;
}

/**
 * The text of a module's definitions. Those that use memory, and those that use them, go into one function together with it: bundlers turn
 * a module's constants into variables, and V8 knows where memory lies only while nothing can replace it, which halves the time of a save.
 */
export function arrange(memory: readonly Definition[], definitions: readonly Definition[]): readonly Code[] {
  const inside = usersOf(memory, definitions);
  const outside = definitions
    .filter((each) => !inside.includes(each))
    .map(({ text, exported }) => (exported === true ? code`export ${text}` : text));
  if (inside.length === 0) return outside;
  const names = list(inside.flatMap(({ name, exported }) => (exported === true ? [raw(name)] : [])));
  const body = [raw(memory.map(({ text }) => text.text).join("\n")), ...inside.map(({ text }) => text), code`return { ${names} };`];
  const scope = block(code`export const { ${names} } = (() =>`, [raw(body.map(({ text }) => text).join("\n\n"))], "})();");
  return [...outside, code`// One function around the memory: a bundler would make variables of a module's constants.\n${scope}`];
}

function usersOf(memory: readonly Definition[], definitions: readonly Definition[]): readonly Definition[] {
  if (memory.length === 0) return [];
  const names = new Set([...memory, ...definitions.filter(({ close }) => close === true)].map(({ name }) => name));
  for (let before = -1; before !== names.size; ) {
    before = names.size;
    for (const { name, text } of definitions) if ([...names].some((used) => used !== name && mentions([text], used))) names.add(name);
  }
  return definitions.filter(({ name }) => names.has(name));
}

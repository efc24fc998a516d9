import { type Code, raw } from "./code.ts";

const STRING = /"(?:[^"\\]|\\.)*"/g;
/** An identifier that is no member (but spread), no key and not what is assigned to. */
const READ = /(?<![\w$]|(?<!\.\.)\.)[A-Za-z_$][\w$]*(?![\w$]|:| = )/g;

/** Of each piece of code, as the same ones are asked for many names. */
const known = new WeakMap<Code, ReadonlySet<string>>();

/** True when statements read a variable: not in a string, not as a key or a member, not by assigning to it. */
export function reads(statements: readonly Code[], name: string): boolean {
  return statements.some((each) => namesIn(each).has(name));
}

function namesIn(statement: Code): ReadonlySet<string> {
  const names = known.get(statement) ?? new Set(statement.text.replaceAll(STRING, '""').match(READ));
  known.set(statement, names);
  return names;
}

/** True when statements name something, if only to assign to it: what must be in reach of them. */
export function mentions(statements: readonly Code[], name: string): boolean {
  const use = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${name.replaceAll("$", "\\$")}(?![\\w$]|: )`);
  return statements.some(({ text }) => use.test(text.replaceAll(STRING, '""')));
}

/** A parameter under the name that tells a type check that it is meant not to be read, where it is not. */
export function parameter(name: string, statements: readonly Code[]): Code {
  return raw(reads(statements, name) ? name : `_${name}`);
}

/** What is taken out of a reader or a writer, by the names that statements read. */
export function taken(from: Readonly<Record<string, string>>, statements: readonly Code[]): Code {
  const names = Object.entries(from).filter(([, name]) => reads(statements, name));
  return raw(names.map(([member, name]) => (member === name ? member : `${member}: ${name}`)).join(", "));
}

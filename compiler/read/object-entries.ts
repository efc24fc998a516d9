import { type Expression, Node } from "ts-morph";
import { bare, keyOf } from "./definition.ts";
import { shown } from "./lift.ts";
import { didYouMean } from "./nearest.ts";
import { refuse } from "./refusal.ts";
import { attempt, type Report } from "./report.ts";

export interface Entry {
  readonly key: string;
  readonly name: Node;
  readonly value: Expression;
}

/** The entries of an object literal in source order; one that is refused is noted and left out. */
export function entriesOf(node: Expression, what: string, path: string, report: Report): Entry[] {
  const object = bare(node);
  if (!Node.isObjectLiteralExpression(object))
    return refuse("not-literal", node, `${what} is ${shown(node)}; it is an object written in place.`);
  const seen = new Set<string>();
  return object.getProperties().flatMap((property) => attempt(report, path, () => entryOf(property, what, seen)) ?? []);
}

function entryOf(property: Node, what: string, seen: Set<string>): Entry {
  if (Node.isSpreadAssignment(property))
    return refuse("not-literal", property, `${what} has ${shown(property)}; a shared piece is a struct, never a spread.`);
  if (!Node.isPropertyAssignment(property) && !Node.isShorthandPropertyAssignment(property))
    return refuse("not-literal", property, `${what} has ${shown(property)}; it holds keys with values only.`);
  const name = property.getNameNode();
  const key = keyOf(name);
  const value = Node.isPropertyAssignment(property) ? property.getInitializer() : property.getNameNode();
  if (key === undefined || value === undefined)
    return refuse("not-literal", name, `${what} has the key ${shown(name)}; keys are written down.`);
  if (seen.has(key)) return refuse("duplicate-key", name, `${what} has '${key}' twice.`);
  seen.add(key);
  return { key, name, value };
}

/** An integer-like key would be moved before all others by JavaScript, and `__proto__` would be no key at all. */
export function refuseOrderedKey({ key, name }: Entry, what: string): void {
  if (/^(0|[1-9]\d*)$/.test(key))
    refuse(
      "ordered-key",
      name,
      `${what} has the key '${key}', which JavaScript moves to the front; give it another key and 'named("${key}", ...)'.`,
    );
  if (key === "__proto__") refuse("ordered-key", name, `${what} has the key '__proto__', which JavaScript takes for something else.`);
}

export type Options = ReadonlyMap<string, Entry>;

/** The entries of an object whose keys are the language's own. */
export function optionsOf(node: Expression, known: readonly string[], what: string, path: string, report: Report): Options {
  const options = new Map<string, Entry>();
  for (const entry of entriesOf(node, what, path, report)) {
    const { key, name } = entry;
    if (known.includes(key)) options.set(key, entry);
    else attempt(report, path, () => refuse("unknown-option", name, `${what} has no option '${key}'${didYouMean(key, known)}.`));
  }
  return options;
}

/** The elements of an array literal; none when there is no such entry. */
export function elementsOf(entry: Entry | undefined, what: string): Expression[] {
  if (entry === undefined) return [];
  const array = bare(entry.value);
  if (!Node.isArrayLiteralExpression(array))
    return refuse("not-literal", entry.value, `${what} is ${shown(entry.value)}; it is an array written in place.`);
  return array.getElements().map((element) => {
    if (Node.isSpreadElement(element) || Node.isOmittedExpression(element))
      return refuse(
        "not-literal",
        element,
        `${what} has ${Node.isOmittedExpression(element) ? "a gap" : shown(element)}; an array holds its elements only.`,
      );
    return element;
  });
}

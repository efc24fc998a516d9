import { type Expression, Node } from "ts-morph";
import type { ChoicesIr, Scalar } from "../ir.ts";
import { constantOf, integerOf } from "./constants.ts";
import { bare } from "./definition.ts";
import { shown } from "./lift.ts";
import { didYouMean } from "./nearest.ts";
import { elementsOf, entriesOf, optionsOf } from "./object-entries.ts";
import type { Reading } from "./reading.ts";
import { refuse } from "./refusal.ts";
import { attempt } from "./report.ts";

/** `configured` of a vmsd: for some of its own properties, the values that users may give them. */
export function readConfigured(
  node: Expression,
  what: string,
  path: string,
  properties: Readonly<Record<string, Scalar>>,
  reading: Reading,
): Readonly<Record<string, ChoicesIr>> {
  const choices: Record<string, ChoicesIr> = {};
  for (const { key, name, value } of entriesOf(node, what, path, reading.report))
    attempt(reading.report, path, () => {
      const initial = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (initial === undefined)
        return refuse(
          "unknown-property",
          name,
          `${what} names '${key}', which is none of its properties${didYouMean(key, Object.keys(properties))}.`,
        );
      choices[key] = readChoices(value, key, initial, path, reading);
    });
  return choices;
}

function readChoices(given: Expression, key: string, initial: Scalar, path: string, reading: Reading): ChoicesIr {
  const node = bare(given);
  const what = `The choices of '${key}'`;
  if (Node.isObjectLiteralExpression(node) && typeof initial === "number") {
    const options = optionsOf(node, ["from", "to"], what, path, reading.report);
    const end = (name: "from" | "to", least: number): number => {
      const entry = options.get(name) ?? refuse("missing-option", node, `${what} have no '${name}'.`);
      return integerOf(entry.value, reading.resolve, `'${name}' of '${key}'`, least);
    };
    const from = end("from", 0);
    return { from, to: end("to", from) };
  }
  if (!Node.isArrayLiteralExpression(node)) return refuse("not-literal", node, `${what} are ${shown(node)}; they are a list of values.`);
  return elementsOf({ key, name: node, value: node }, what).map((each) => {
    const value = constantOf(each, reading.resolve, `A choice of '${key}'`);
    if (typeof value === "bigint" || typeof value !== typeof initial)
      return refuse("wrong-type", each, `A choice of '${key}' is a ${typeof value}; its default is a ${typeof initial}.`);
    return value;
  });
}

import type { Node } from "ts-morph";
import type { BodyIr, FieldIr, Scalar } from "../ir.ts";
import { nestedIn } from "./nested.ts";
import type { Reading } from "./reading.ts";
import { refuse } from "./refusal.ts";
import { attempt } from "./report.ts";

type Properties = Readonly<Record<string, Scalar>>;

/**
 * A vmsd's properties: its own and those of the vmsds within that no `with` sets. One that is declared here has this default, and
 * two within that disagree must be settled here.
 */
export function withInherited(name: string, own: Properties, bodies: readonly BodyIr[], node: Node, reading: Reading): Properties {
  const all: Record<string, Scalar> = { ...own };
  for (const field of bodies.flatMap(({ fields }) => fields))
    for (const { property, value, from } of openProperties(field, reading))
      attempt(reading.report, `${name}/${field.key}`, () => {
        const before = all[property];
        if (before === undefined) all[property] = value;
        else if (typeof before !== typeof value)
          refuse(
            "property-conflict",
            node,
            `Property '${property}' is a ${typeof before} in '${name}' and a ${typeof value} in '${from}' within.`,
          );
        else if (before !== value && !Object.hasOwn(own, property))
          refuse(
            "property-conflict",
            node,
            `Structs within '${name}' give property '${property}' the defaults ${before} and ${value}; declare it in '${name}' or set it by 'with'.`,
          );
      });
  return all;
}

function openProperties(field: FieldIr, { vmsds }: Reading): { property: string; value: Scalar; from: string }[] {
  return nestedIn(field.kind).flatMap(({ id, holder }) => {
    const inner = vmsds.get(id);
    const bound = "with" in holder ? holder.with : {};
    return Object.entries(inner?.properties ?? {}).flatMap(([property, value]) =>
      Object.hasOwn(bound, property) ? [] : [{ property, value, from: inner?.name ?? id }],
    );
  });
}

import type { Ir, VmsdIr } from "../../ir.ts";
import type { Committed } from "../committed.ts";
import { bodiesOf } from "../nested.ts";
import type { Places } from "../reading.ts";
import type { Finding } from "../schema-error.ts";
import { LINT_RULES } from "./index.ts";
import type { AnyLintRule, BodyNode, Fault, LintKind, LintNode } from "./lint-rule.ts";

const BY_KIND: Readonly<Record<LintKind, readonly AnyLintRule[]>> = {
  vmsd: LINT_RULES.filter((rule) => rule.on === "vmsd"),
  body: LINT_RULES.filter((rule) => rule.on === "body"),
  field: LINT_RULES.filter((rule) => rule.on === "field"),
};

/** What the descriptors say that cannot hold, or hardly is meant. Of a vmsd that was refused in part nothing more is said. */
export function lint(ir: Ir, places: Places, sound: ReadonlySet<string>, committed: Committed): Finding[] {
  const vmsds = Object.values(ir.vmsds).filter(({ id }) => sound.has(id));
  return vmsds.flatMap((vmsd) => nodesOf(vmsd, ir, committed).flatMap((node) => findingsOf(node, places)));
}

function nodesOf(vmsd: VmsdIr, ir: Ir, all: Committed): LintNode[] {
  const bodies = bodiesOf(vmsd).map(({ body, outer }): BodyNode => {
    const committed = [...outer, body]
      .slice(1)
      .reduce((within, { name }) => within?.Subsections?.find((each) => each.name === name), all.get(vmsd.name));
    return { on: "body", body, outer, vmsd, committed, ir };
  });
  const fields = bodies.flatMap((parent) => parent.body.fields.map((field, index): LintNode => ({ on: "field", field, index, parent })));
  return [{ on: "vmsd", vmsd, ir }, ...bodies, ...fields];
}

function findingsOf(node: LintNode, places: Places): Finding[] {
  return BY_KIND[node.on].flatMap((rule) => {
    const found = (rule.check as (node: LintNode) => string | undefined | readonly Fault[])(node);
    const faults: readonly Fault[] = typeof found === "string" ? [{ sentence: found }] : (found ?? []);
    return faults.map(({ sentence, part = rule.part }) => ({
      level: rule.level,
      code: rule.id,
      path: pathOf(node),
      sentence,
      at: (part === undefined ? undefined : places.get(declaredIn(node))?.[part]) ?? declaredIn(node).at,
    }));
  });
}

function declaredIn(node: LintNode) {
  return node.on === "field" ? node.field : node.on === "body" ? node.body : node.vmsd;
}

function pathOf(node: LintNode): string {
  if (node.on === "field") return `${node.parent.body.name}/${node.field.key}`;
  return node.on === "body" ? node.body.name : node.vmsd.name;
}

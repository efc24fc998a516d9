import type { Program } from "../kinds/kind.ts";
import { allSubsections } from "../kinds/vmsd-fields.ts";
import { compareBody } from "./compare.ts";
import { type Addition, completeVmsd } from "./complete.ts";
import type { Family } from "./family.ts";
import type { Finding } from "./finding.ts";
import type { Match } from "./match.ts";
import type { FieldPlan, VmsdPlan } from "./plan.ts";
import type { Declared, TargetFile } from "./target-file.ts";
import { vmsdText } from "./vmsd-doc.ts";

/** What is known before the first file is written. */
export interface Plans {
  readonly plans: ReadonlyMap<Family, VmsdPlan>;
  readonly matches: ReadonlyMap<Family, Match>;
  readonly declaredAt: (family: Family) => Declared;
  readonly target: (path: string) => TargetFile;
  /** Over what is declared. */
  readonly program: Program;
  /** QOM types that some declaration has. */
  readonly types: ReadonlySet<string>;
}

export interface Done {
  /** Names of vmsds that are new. */
  readonly written: string[];
  readonly additions: Addition[];
  readonly findings: Finding[];
}

/** Writes or completes sections and what they hold, each after that: a declaration may not use one below it. */
export function writeAll(sections: readonly Family[], plans: Plans): Done {
  const done: Done = { written: [], additions: [], findings: [] };
  const taken = new Set<Family>();
  const take = (family: Family, user: Declared | undefined): void => {
    if (taken.has(family)) return;
    taken.add(family);
    const plan = plans.plans.get(family);
    if (plan === undefined) return;
    const match = plans.matches.get(family);
    if (match === undefined) writeNew(family, plan, user);
    else complete(plan, match);
  };
  const writeNew = (family: Family, plan: VmsdPlan, user: Declared | undefined): void => {
    const own = plans.declaredAt(family);
    for (const inner of innerOf(plan.bodies.flatMap(({ fields }) => fields))) take(inner, user?.path === own.path ? user : undefined);
    const target = plans.target(own.path);
    const text = vmsdText(plan, own.local, target.scope);
    // In front of a declaration that is there already and is going to use it.
    target.declare(text, user?.path === own.path ? user.local : undefined);
    done.written.push(plan.facts.name);
  };
  const complete = (plan: VmsdPlan, match: Match): void => {
    const own = plans.declaredAt(plan.facts.family);
    for (const body of plan.bodies) {
      const known = match.bodies.get(body.facts.name);
      if (known !== undefined) done.findings.push(...compareBody(body.facts, known, plans.program));
    }
    done.findings.push(...leftSubsections(plan, match));
    const types = [...plan.facts.family.types].filter((type) => !plans.types.has(type)).toSorted();
    const { additions, findings, added } = completeVmsd(plan, match, types, plans.target(own.path));
    done.additions.push(...additions);
    done.findings.push(...findings);
    for (const inner of innerOf(added)) take(inner, own);
    for (const inner of innerOf(plan.bodies.flatMap(({ fields }) => fields))) if (plans.matches.has(inner)) take(inner, own);
  };
  for (const section of sections) take(section, undefined);
  return done;
}

function innerOf(fields: readonly FieldPlan[]): Family[] {
  return fields.flatMap(({ facts: { inner } }) => inner ?? []);
}

/** Subsections that are declared and that no dump has. */
function leftSubsections({ facts: { bodies, family } }: VmsdPlan, { existing: { vmsd } }: Match): Finding[] {
  if (family.dumps.size === 0 || vmsd.versionId > (bodies[0]?.versionId ?? 0)) return [];
  const known = new Set(bodies.map(({ name }) => name));
  return allSubsections(vmsd).flatMap(({ name, at }) =>
    name === vmsd.name || known.has(name)
      ? []
      : [{ code: "subsection-not-in-metadata" as const, path: name, sentence: `Subsection '${name}' is not in the metadata.`, at }],
  );
}

import type { EntryDoc } from "./doc.ts";
import type { Finding } from "./finding.ts";
import type { BodyMatch, Match } from "./match.ts";
import type { BodyPlan, FieldPlan, VmsdPlan } from "./plan.ts";
import { slotKey } from "./slots.ts";
import type { TargetFile } from "./target-file.ts";
import { existsEntry, fieldEntry, flagEntry, formerlyEntry, propertyEntry, subsectionDoc } from "./vmsd-doc.ts";
import { LAST, type Placed, putEntries, putStrings, setNumber, type VmsdEditor } from "./vmsd-editor.ts";

/** Something that a declaration lacked and now has. */
export interface Addition {
  readonly path: string;
  readonly sentence: string;
}

export interface Completed {
  readonly additions: readonly Addition[];
  readonly findings: readonly Finding[];
  /** Fields that were added, whose vmsds are needed. */
  readonly added: readonly FieldPlan[];
}

interface Work extends VmsdEditor {
  readonly plan: VmsdPlan;
  readonly match: Match;
  /** Names of fields, subsections and types that a comment says are left out on purpose. */
  readonly leftOut: ReadonlySet<string>;
  readonly additions: Addition[];
  readonly findings: Finding[];
  readonly added: FieldPlan[];
}

/** Adds to a declaration what the metadata has and it has not; of what is there it changes nothing but a version that is too low. */
export function completeVmsd(plan: VmsdPlan, match: Match, types: readonly string[], target: TargetFile): Completed {
  const { local, text } = match.existing;
  const leftOut = namesLeftOut(text);
  const work: Work = { target, local, plan, match, leftOut, additions: [], findings: [], added: [] };
  addTypes(
    types.filter((type) => !leftOut.has(type)),
    work,
  );
  for (const body of plan.bodies) {
    const known = match.bodies.get(body.facts.name);
    if (known !== undefined) completeBody(body, known, work);
    else if (!leftOut.has(body.facts.name)) addSubsection(body, work);
  }
  return work;
}

function addTypes(types: readonly string[], work: Work): void {
  if (types.length === 0) return;
  const { name } = work.match.existing.vmsd;
  if (putStrings(work, "types", types)) work.additions.push({ path: name, sentence: `QOM types ${types.join(", ")}` });
  else refuse(work, name, `QOM types ${types.join(", ")} belong into 'types'`);
}

/** `// not imported: unused, e1000/mit_state` */
function namesLeftOut(text: string): Set<string> {
  const lists = [...text.matchAll(/not imported: ([^\r\n*]+)/g)].map(([, list = ""]) => list);
  return new Set(lists.flatMap((list) => list.split(",").map((name) => name.trim().replace(/\.$/, ""))));
}

function refuse({ findings, match }: Work, path: string, what: string): void {
  findings.push({ code: "not-literal", path, sentence: `${what}, which is not written in place.`, at: match.existing.vmsd.at });
}

function completeBody(body: BodyPlan, known: BodyMatch, work: Work): void {
  const { facts } = body;
  const path = facts.isMain ? [] : ["subsections", facts.name];
  if (facts.versionId > known.body.versionId) {
    if (setNumber(work, path, "versionId", facts.versionId))
      work.additions.push({ path: facts.name, sentence: `version ${facts.versionId} instead of ${known.body.versionId}` });
    else refuse(work, facts.name, `Version ${facts.versionId} belongs into 'versionId'`);
  }
  const missing = missingFields(body, known, work.leftOut);
  if (missing.length === 0) return;
  const fields = missing.map(({ field }) => field);
  const entries = missing.map(({ field, after }) => ({ entry: fieldEntry(field, work.target.scope), after }));
  if (!putEntries(work, [...path, "fields"], entries)) {
    refuse(work, facts.name, `Fields ${namesOf(fields)} belong into 'fields'`);
    return;
  }
  if (!putEntries(work, [...path, "exists"], fields.flatMap(existsEntry).map(last)))
    refuse(work, facts.name, `The conditions of ${namesOf(fields)} belong into 'exists'`);
  if (!putEntries(work, [...path, "formerly"], fields.flatMap(formerlyEntry).map(last)))
    refuse(work, facts.name, `The earlier names of ${namesOf(fields)} belong into 'formerly'`);
  addProperties(fields, work);
  work.additions.push(...fields.map(({ key }) => ({ path: `${facts.name}/${key}`, sentence: `field '${key}'` })));
  work.added.push(...fields);
}

/** Each with the key of the field that it stands behind, which may be one that is missing too. */
function missingFields(
  { fields }: BodyPlan,
  { aligned }: BodyMatch,
  leftOut: ReadonlySet<string>,
): { field: FieldPlan; after: string | undefined }[] {
  const missing: { field: FieldPlan; after: string | undefined }[] = [];
  let after: string | undefined;
  for (const field of fields) {
    const known = aligned.get(slotKey(field.facts.slot));
    if (known !== undefined) after = known.key;
    else if (!leftOut.has(field.facts.slot.name)) missing.push({ field, after });
  }
  return missing;
}

function addSubsection(body: BodyPlan, work: Work): void {
  const { name } = body.facts;
  const { vmsd } = work.match.existing;
  const value = subsectionDoc(body, work.target.scope);
  if (!putEntries(work, ["subsections"], [last({ key: name, value })])) {
    refuse(work, vmsd.name, `Subsection '${name}' belongs into 'subsections'`);
    return;
  }
  const flag = work.plan.flags.find(({ subsection }) => subsection === name);
  if (flag !== undefined && !putEntries(work, ["fields"], [last(flagEntry(flag, work.target.scope))]))
    refuse(work, vmsd.name, `Field '${flag.key}' belongs into 'fields'`);
  addProperties(body.fields, work);
  work.additions.push({ path: name, sentence: `subsection '${name}'` });
  work.added.push(...body.fields);
}

function addProperties(fields: readonly FieldPlan[], work: Work): void {
  const entries = fields.flatMap(({ properties }) => properties.map(propertyEntry));
  if (!putEntries(work, ["properties"], entries.map(last)))
    refuse(work, work.match.existing.vmsd.name, `Properties ${entries.map(({ key }) => `'${key}'`).join(", ")} belong into 'properties'`);
}

function last(entry: EntryDoc): Placed {
  return { entry, after: LAST };
}

function namesOf(fields: readonly FieldPlan[]): string {
  return fields.map(({ key }) => `'${key}'`).join(", ");
}

import type { BodyIr, FieldIr, Ir } from "../../../ir.ts";
import type { CommittedField, CommittedVmsd } from "../../committed.ts";
import { fixedSize } from "../fixed-size.ts";
import { lintRule } from "../lint-rule.ts";

export const fieldAddedUnguarded = lintRule({
  id: "field-added-unguarded",
  on: "field",
  level: "error",
  summary: "a field is new against the committed metadata, and old streams of the same version do not have it",
  check: ({ field, parent: { body, committed, ir } }) => {
    if (committed === undefined || body.versionId > committed.version_id || !addedFields(body, committed).includes(field)) return undefined;
    if (fitIntoPadding(body, committed, ir)) return undefined;
    const next = committed.version_id + 1;
    return `Field '${field.key}' is new in '${body.name}', whose version is ${body.versionId} as before; make the version ${next} and the field 'since(${next}, ...)', or put it into a subsection.`;
  },
});

/** New by every name that they had, and on the wire without a predicate. */
function addedFields({ fields }: BodyIr, { version_id, Fields = [] }: CommittedVmsd): FieldIr[] {
  const left = Fields.map(({ field }) => field);
  return fields.filter(({ name, formerly = [], kind, exists, since }) => {
    if (kind.kind === "unused_buffer" || kind.kind === "sent") return false;
    const known = left.findIndex((each) => each === name || formerly.includes(each));
    if (known >= 0) left.splice(known, 1);
    return known < 0 && exists === undefined && since <= version_id;
  });
}

/** A field may take the place of bytes that were left unused for it. */
function fitIntoPadding(body: BodyIr, committed: CommittedVmsd, ir: Ir): boolean {
  const before = (committed.Fields ?? []).filter(isPadding).reduce((sum, { size, num = 1 }) => sum + size * num, 0);
  const now = body.fields.filter(({ kind }) => kind.kind === "unused_buffer");
  const sizeOf = (fields: readonly FieldIr[]): number => fields.reduce((sum, { kind }) => sum + (fixedSize(kind, ir) ?? Number.NaN), 0);
  return sizeOf(addedFields(body, committed)) === before - sizeOf(now);
}

function isPadding({ field, kind }: CommittedField): boolean {
  return kind === "unused_buffer" || field === "unused";
}

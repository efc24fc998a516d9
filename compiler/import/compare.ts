import type { BodyIr, FieldIr } from "../ir.ts";
import type { Program } from "../kinds/kind.ts";
import { isOnWire } from "./align.ts";
import { compareField, mayBeEmpty } from "./compare-field.ts";
import type { BodyFacts } from "./facts.ts";
import type { Contradiction, Finding } from "./finding.ts";
import type { BodyMatch } from "./match.ts";
import { slotKey } from "./slots.ts";

/** What contradicts in one body. What is only missing is no contradiction: it is added. */
export function compareBody(facts: BodyFacts, { body, aligned }: BodyMatch, program: Program): Finding[] {
  const found: Finding[] = [];
  const say = (code: Contradiction, field: FieldIr | undefined, sentence: string): void => {
    const path = field === undefined ? body.name : `${body.name}/${field.key}`;
    found.push({ code, path, sentence, at: (field ?? body).at });
  };
  const known = new Set(aligned.values());
  for (const field of body.fields)
    if (isOnWire(field) && !known.has(field) && isDisproved(facts, field, body))
      say("field-not-in-metadata", field, `Field '${field.key}' is not in the metadata.`);
  let last: FieldIr | undefined;
  for (const each of facts.fields) {
    const field = aligned.get(slotKey(each.slot));
    if (field === undefined) continue;
    if (last !== undefined && body.fields.indexOf(field) < body.fields.indexOf(last))
      say("field-order", field, `Field '${field.key}' stands in front of '${last.key}'; on the wire it is behind.`);
    else last = field;
    for (const { code, sentence } of compareField(each, field, body, program)) say(code, field, sentence);
  }
  if (facts.minimumVersionId !== undefined && facts.versionId === body.versionId && facts.minimumVersionId !== body.minimumVersionId)
    say(
      "other-minimum-version",
      undefined,
      `'${body.name}' accepts versions from ${body.minimumVersionId} on; the metadata says ${facts.minimumVersionId}.`,
    );
  return found;
}

/** A dump has all fields; a stream those that are on the wire at its version whatever the state is. */
function isDisproved({ dumps, wasSent, versionId }: BodyFacts, field: FieldIr, { versionId: own }: BodyIr): boolean {
  // A body that is newer than all metadata may have what that lacks.
  if (own > versionId) return false;
  if (dumps.length > 0) return true;
  return wasSent && field.exists === undefined && field.since <= versionId && !mayBeEmpty(field.kind);
}

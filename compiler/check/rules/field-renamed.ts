import { isDeclaredRename } from "../align/declared-renames.ts";
import { countOf, isOpaqueSlot } from "../align/slots.ts";
import { rule } from "../rule.ts";

export const fieldRenamed = rule({
  id: "field-renamed",
  on: "field",
  level: "info",
  summary: "a field has another name in the same slot",
  why: "Names of fields are not on the wire; slot, size and count are the same, so the bytes are too.",
  fix: "Nothing. If this is no rename but another value in the old one's place, the receiver must not take the bytes as they are.",
  check: ({ relation, from: { 0: a }, to: { 0: b } }) => {
    if (a !== undefined && b !== undefined && relation === "matched" && isDeclaredRename(a, b))
      return { message: `'${a.label}' is loaded as '${b.label}', which is declared to be the same field under another name.` };
    // With another condition too, field-condition-changed tells both.
    if (relation !== "renamed" || a === undefined || b === undefined || a.conditional !== b.conditional) return undefined;
    const message = `'${a.label}' is loaded as '${b.label}': same slot, same size.`;
    if (isOpaqueSlot(a)) return { certainty: "unknown", message };
    const [sent, read] = [countOf(a), countOf(b)];
    // One side counts several elements and the other does not say: the name no longer vouches that it is the same array.
    if ((sent === undefined) !== (read === undefined) && (sent ?? read ?? 1) > 1)
      return { level: "warning", certainty: "unknown", message };
    return { certainty: sent === undefined || read === undefined ? "likely" : "proven", message };
  },
});

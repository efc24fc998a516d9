import { WIRE_KINDS } from "../../describe/index.ts";
import { rule } from "../rule.ts";

export const fieldKindChanged = rule({
  id: "field-kind-changed",
  on: "field",
  level: "warning",
  summary: "a field of the same size has another kind",
  why: "As many bytes are read as were sent, but they may mean something else: an array of bytes instead of a number, a value that is checked instead of taken.",
  fix: "Make sure that both sides read the bytes alike; convert in post_load where they do not.",
  check: ({ relation, from: { 0: a }, to: { 0: b } }) => {
    const sent = a?.field.kind;
    const read = b?.field.kind;
    if ((relation !== "matched" && relation !== "renamed") || a === undefined || sent === undefined || read === undefined || sent === read)
      return undefined;
    const message = `'${a.label}' is sent as ${sent} and read as ${read}.`;
    const [from, to] = [WIRE_KINDS[sent]?.family, WIRE_KINDS[read]?.family];
    if (from === undefined || to === undefined) return { certainty: "unknown", message };
    if (to === "checked")
      return { certainty: "depends", message: `${message} The load is refused when the value differs from the receiver's own.` };
    // Signedness and bool change how a value is shown, not its bits; what was checked before is simply taken.
    if (to === "number" && (from === "number" || from === "checked")) return { level: "info", message };
    return { certainty: "unknown", message };
  },
});

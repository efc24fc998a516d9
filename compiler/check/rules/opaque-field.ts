import { isOpaqueSlot, isStruct } from "../align/slots.ts";
import { rule } from "../rule.ts";
import { describeSlot } from "./parts/words.ts";

export const opaqueField = rule({
  id: "opaque-field",
  on: "field",
  level: "warning",
  summary: "only one side says what the field puts on the wire",
  why: "A field without a size is written by code of its own. What it writes cannot be compared with a layout, nor with what another version of that code writes.",
  fix: "Compare what both builds really send: a migration stream carries the sizes.",
  check: ({ relation, from: { 0: a }, to: { 0: b } }) => {
    if ((relation !== "matched" && relation !== "moved") || a === undefined || b === undefined) return undefined;
    if (isOpaqueSlot(a) === isOpaqueSlot(b) || (relation === "matched" && isStruct(a) && isStruct(b))) return undefined;
    return { certainty: "unknown", message: `${describeSlot(a)} stands against ${describeSlot(b)}.` };
  },
});

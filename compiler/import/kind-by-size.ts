import type { FieldFacts } from "./facts.ts";
import { call, type Kind, text, word } from "./plan.ts";
import type { KindPlan, NameProperty } from "./plan-kind.ts";

/** Numbers by their size in memory; signed, timer or pointer as they may be. */
const NUMBERS: Readonly<Record<number, string>> = { 1: "uint8", 2: "uint16", 4: "uint32", 8: "uint64" };

/** Most that a load is to accept where nothing tells a length. */
const MOST = 65536;

/** The kind of a field that only dumps have: they tell the size in memory, whether there is a vmsd within, and of newer builds the count. */
export function kindBySize(facts: FieldFacts, countsKnown: boolean, nameProperty: NameProperty): KindPlan {
  const { slot, dumped, inner, presence, unseen } = facts;
  const size = dumped?.size ?? 0;
  const none = { marks: [], properties: [] };
  // These two names are given by macros, and with them the kind.
  if (slot.name === "unused" && inner === undefined && size > 0 && dumped?.num === undefined)
    return { kind: call("unused", size), ...none };
  if (slot.name === "tmp" && inner !== undefined) return { kind: call("tmp", { is: "vmsd", family: inner }), ...none };
  const element: Kind | undefined = inner !== undefined ? call("struct", { is: "vmsd", family: inner }) : kindOf(size);
  const name = (): string => nameProperty(element === undefined ? "size_of" : "number_of");
  if (element === undefined) return lengthless(name());
  const mark =
    inner === undefined ? "Kind by size alone: no stream shows it." : "Kind by dumps alone: it may be a list or a vstruct as well.";
  const num = dumped?.num;
  if (num !== undefined && num > 0) return { ...none, kind: call("array", element, num), marks: [mark] };
  // A body was sent and an unconditional field of it was not: it had no elements then.
  if (presence !== "always" || unseen.length === 0 || num !== undefined) {
    const open = countsKnown || num !== undefined ? "" : " How many there are is not in the metadata.";
    return { ...none, kind: element, marks: [`${mark}${open}`] };
  }
  const property = name();
  return {
    kind: call("varray", element, text(`(_s, m) => m.${property}`), text(`{ max: ${MOST} }`)),
    marks: [`${mark} Streams had none of it; in which field of the state their number is, the metadata does not say.`],
    properties: [{ name: property, value: 0, valueIn: () => undefined }],
  };
}

function kindOf(size: number): Kind | undefined {
  const number = NUMBERS[size];
  if (number !== undefined) return word(number);
  return size > 0 ? call("buffer", size) : undefined;
}

/** Without a size in memory: bytes of a length in the state, bits, or a format of the device's own. */
function lengthless(property: string): KindPlan {
  return {
    kind: call("varBuffer", text(`(_s, m) => m.${property}`), text(`{ max: ${MOST} }`)),
    marks: ["No stream shows it, and it has no size in memory: bytes of a length in the state, bits, or a format of the device's own."],
    properties: [{ name: property, value: 0, valueIn: () => undefined }],
  };
}

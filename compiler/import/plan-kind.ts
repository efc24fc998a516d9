import { mostCommon, same } from "./common.ts";
import type { FieldFacts } from "./facts.ts";
import type { Family } from "./family.ts";
import { kindBySize } from "./kind-by-size.ts";
import { type Argument, call, type Kind, type PropertyPlan, text, word } from "./plan.ts";

export interface KindPlan {
  readonly kind: Kind;
  readonly marks: readonly string[];
  readonly properties: readonly PropertyPlan[];
}

/** What names a property for a count or a size that metadata does not have. */
export type NameProperty = (what: "number_of" | "size_of") => string;

/** Kinds that a stream's description names and that are one word here. */
const SCALARS: Readonly<Record<string, string>> = {
  bool: "bool",
  int8: "int8",
  int16: "int16",
  int32: "int32",
  int64: "int64",
  uint8: "uint8",
  uint16: "uint16",
  uint32: "uint32",
  uint64: "uint64",
  float64: "float64",
  CPU_Double_U: "cpuDouble",
  timer: "timer",
};

/** QEMU prints the 64-bit one as a signed one. */
const CHECKED: Readonly<Record<string, string>> = {
  "uint8 equal": "uint8",
  "uint16 equal": "uint16",
  "int32 equal": "int32",
  "uint32 equal": "uint32",
  "int64 equal": "uint64",
};

/** Formats that are written by hand in QEMU and are the same in every device. */
const COUNTERPARTS: Readonly<Record<string, { readonly bytes: number; readonly layout: Kind }>> = {
  "pci irq state": { bytes: 16, layout: call("array", word("int32"), 4) },
  fd: { bytes: 1, layout: word("uint8") },
};

/** Bytes that are known to be nothing but bytes. */
const PLAIN_BYTES: ReadonlySet<string> = new Set(["pci config"]);

const POINTER = 8;

/** The kind of a field as streams show it; by its size in memory where none does. */
export function planKind(facts: FieldFacts, countsKnown: boolean, nameProperty: NameProperty): KindPlan {
  const types = [...new Set(facts.seen.map(({ type }) => type).filter((type) => type !== "nullptr"))];
  const type = types.at(-1);
  if (type === undefined) return kindBySize(facts, countsKnown, nameProperty);
  const element = elementOf(type, facts, nameProperty);
  const marks = [...element.marks];
  if (types.length > 1) marks.push(`Streams disagree about its kind: ${types.join(", ")}.`);
  if (facts.seen.some((each) => each.type === "nullptr"))
    marks.push("Null pointers are among the elements; which, the metadata does not say.");
  if (element.isWhole) return { ...element, marks };
  const counted = countOf(element.kind, facts, countsKnown, nameProperty);
  return { kind: counted.kind, marks: [...marks, ...counted.marks], properties: [...element.properties, ...counted.properties] };
}

/** `isWhole` for kinds that have no elements, whose size is that of all. */
function elementOf(type: string, facts: FieldFacts, nameProperty: NameProperty): KindPlan & { readonly isWhole?: boolean } {
  const none = { marks: [], properties: [] };
  const scalar = SCALARS[type];
  if (scalar === "timer" && facts.dumped?.size === POINTER) return { kind: call("pointer", word("timer")), ...none };
  if (scalar !== undefined) return { kind: word(scalar), ...none };
  const checked = CHECKED[type];
  if (checked !== undefined) return { kind: call("equal", word(checked)), ...none };
  if (type === "int32 le") return { kind: call("atMost"), ...none };
  const { inner } = facts;
  if (inner !== undefined && (type === "struct" || type === "tmp")) return { kind: call(type, vmsd(inner)), ...none };
  if (inner !== undefined && type === "vstruct") {
    const version = facts.seen.findLast((each) => each.innerVersion !== undefined)?.innerVersion ?? 0;
    return { kind: call("vstruct", vmsd(inner), version), ...none };
  }
  if (inner !== undefined && (type === "qtailq" || type === "qlist")) {
    const mark = "How many elements a load accepts is not in the metadata.";
    return { kind: call(type, vmsd(inner), text("{ max: 1024 }")), marks: [mark], properties: [], isWhole: true };
  }
  const counterpart = COUNTERPARTS[type];
  if (counterpart !== undefined && facts.seen.every(({ size }) => size === counterpart.bytes))
    return { kind: call("custom", type, counterpart.layout), ...none };
  return bytesOf(type, facts, nameProperty);
}

function vmsd(family: Family): Argument {
  return { is: "vmsd", family };
}

const NOT_IN_METADATA = "where its length comes from is not in the metadata.";

/** Bytes; of a kind that is the device's own when only its code knows what they are. */
function bytesOf(type: string, facts: FieldFacts, nameProperty: NameProperty): KindPlan {
  const sizes = [...new Set(facts.seen.map(({ size }) => size))].toSorted((a, b) => a - b);
  const [size = 0] = sizes;
  // A length that is read from the state has no size in memory, or that of what it is multiplied by.
  const inMemory = facts.dumped?.size ?? size;
  const isOwn = type !== "buffer" && type !== "unused_buffer" && type !== "bitmap";
  const isFixed = sizes.length === 1 && size > 0 && (isOwn || inMemory === size) && type !== "bitmap";
  const marks = isOwn && !PLAIN_BYTES.has(type) ? [`Only the device's code knows what the bytes of '${type}' are.`] : [];
  const wrap = (layout: Kind): Kind => (isOwn ? call("custom", type, layout) : layout);
  if (isFixed) return { kind: type === "unused_buffer" ? call("unused", size) : wrap(call("buffer", size)), marks, properties: [] };
  const name = nameProperty("size_of");
  const length = type === "bitmap" ? text(`(_s, m) => m.${name} * 8`) : text(`(_s, m) => m.${name}`);
  const most = Math.max(1, ...sizes) * (type === "bitmap" ? 8 : 1);
  const kind = call(type === "unused_buffer" ? "unused" : type === "bitmap" ? "bitmap" : "varBuffer", length, text(`{ max: ${most} }`));
  const shown = sizes.length === 1 ? `${size} byte${size === 1 ? "" : "s"} in every stream` : `${sizes.join(", ")} bytes in streams`;
  return {
    kind: wrap(kind),
    marks: [...marks, `Its length varies (${shown}); ${NOT_IN_METADATA}`],
    properties: [sizeProperty(name, facts)],
  };
}

function sizeProperty(name: string, { seen }: FieldFacts): PropertyPlan {
  return {
    name,
    value: mostCommon(seen.map(({ size }) => size)) ?? 0,
    valueIn: (section) => same(seen.filter((each) => each.section === section).map(({ size }) => size)),
  };
}

/** How many elements: one, a fixed number, or a number that the state has and metadata does not say where. */
function countOf(element: Kind, facts: FieldFacts, countsKnown: boolean, nameProperty: NameProperty): KindPlan {
  const plain = { kind: element, marks: [], properties: [] };
  const fixed = facts.dumped?.num;
  if (fixed !== undefined && fixed > 0) return { ...plain, kind: call("array", element, fixed) };
  const { seen } = facts;
  // An unconditional field that was not sent had no elements.
  const none = facts.presence === "always" ? facts.unseen.map(({ section }) => ({ section, count: 0 })) : [];
  const counts = [...seen, ...none];
  const known = [...new Set(counts.map(({ count }) => count))].toSorted((a, b) => a - b);
  const [count = 1] = known;
  if (known.length === 1 && count === 1) return plain;
  if (known.length === 1 && !countsKnown) return { ...plain, kind: call("array", element, count) };
  const name = nameProperty("number_of");
  return {
    kind: call("varray", element, text(`(_s, m) => m.${name}`), text(`{ max: ${Math.max(...known)} }`)),
    marks: [`The state has how many elements there are (${known.join(", ")} in streams); in which field is not in the metadata.`],
    properties: [
      {
        name,
        value: mostCommon(counts.map((each) => each.count)) ?? 0,
        valueIn: (section) => same(counts.filter((each) => each.section === section).map((each) => each.count)),
      },
    ],
  };
}

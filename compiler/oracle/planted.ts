import type { KindName, ScalarKind } from "../ir.ts";
import type { EmittingFace, Planted } from "./plant.ts";

/** Everything that a pattern finds, replaced. */
function replaced(kind: KindName, what: string, face: EmittingFace, from: RegExp, to: string): Planted {
  return { kind, what, face, change: (text) => text.replaceAll(from, to) };
}

/** One statement of those that a pattern finds, gone. */
function gone(kind: KindName, what: string, face: EmittingFace, statement: RegExp): Planted {
  return replaced(kind, what, face, statement, "");
}

const SIGNS: Readonly<Record<string, string>> = { Int: "Uint", Uint: "Int" };

function small(kind: ScalarKind): Planted[] {
  const byte = kind.endsWith("8");
  return [
    {
      kind,
      what: "the other sign",
      face: "read",
      change: (text) => text.replace(/get(Int|Uint)/, (_, sign: string) => `get${SIGNS[sign]}`),
    },
    byte
      ? replaced(kind, "a bit less", "write", /, (s\S+|e\d+)\);$/g, ", $1 & 0x7f);")
      : replaced(kind, "the low byte first on save", "write", /\);$/g, ", true);"),
    ...(byte ? [] : [replaced(kind, "the low byte first on load", "read", /\)$/g, ", true)")]),
  ];
}

function wide(kind: ScalarKind): Planted[] {
  return [
    {
      kind,
      what: "the other sign",
      face: "read",
      change: (text) => text.replace(/as(Int|Uint)N/, (_, sign: string) => `as${SIGNS[sign]}N`),
    },
    replaced(kind, "the high word a bit too low", "read", /<< 32n/g, "<< 31n"),
    replaced(kind, "the low word first", "write", /HIGH/g, "LOW"),
  ];
}

const NO_LENGTH_CHECK = /if \([^\n]*throw wrongLength[^\n]*/g;
const NO_LIMIT_ON_LOAD = /if \([^\n]*throw beyondLimit[^\n]*/g;
const NO_LIMIT_ON_SAVE = /if \([^\n]*throw aboveLimit[^\n]*/g;
const NEGATIVE = / >= 0 && n\d+/g;

function many(kind: "array" | "array2d"): Planted[] {
  return [
    gone(kind, "no check of the length", "write", NO_LENGTH_CHECK),
    gone(kind, "no check of the length where it moves", "save", NO_LENGTH_CHECK),
    replaced(kind, "the first element skipped where it moves", "load", /let i(\d+) = 0/g, "let i$1 = 1"),
    replaced(kind, "the last element kept", "store", /i < (\d+);/g, "i < $1 - 1;"),
  ];
}

function listed(kind: "qtailq" | "qlist"): Planted[] {
  return [
    gone(kind, "no byte behind the last", "save", /b\[o\+\+\] = 0;/g),
    gone(kind, "no limit on save", "save", NO_LIMIT_ON_SAVE),
    replaced(kind, "one more than the limit", "load", /\.length === (\d+)\)/g, ".length === $1 + 1)"),
    replaced(kind, "only a 1 begins an element", "load", /=== 0\) break/g, "!== 1) break"),
    replaced(kind, "elements at another version", "load", /\.load\(r, \d+/g, ".load(r, 1"),
    gone(kind, "the marker is not handed on", "load", /r\.marker = [^;]*;/g),
  ];
}

function inner(kind: "pointer" | "custom"): Planted[] {
  return [
    replaced(kind, "nothing is written", "write", /.+/gs, "// nothing"),
    replaced(kind, "nothing is stored", "store", /.+/gs, "// nothing"),
    replaced(kind, "read a byte further on", "read", /\+ (\d+)/g, "+ $1 + 1"),
    replaced(kind, "the offset left where it was", "load", /o \+= [^;]*;/g, ""),
  ];
}

/** Bugs in what codecs have around their fields, made in their text. */
export const PLANTED_IN_TEXT: readonly { readonly what: string; readonly change: (text: string) => string }[] = [
  {
    what: "a store before everything has been checked",
    change: (text) =>
      text.replace(/(function loadInto\(s: State[^\n]*\n)/, "$1  s[Object.keys(s)[0] as keyof State] = undefined as never;\n"),
  },
  { what: "no validators on load", change: (text) => text.replaceAll(/if \([^\n]*throw invalid[^\n]*/g, "") },
  { what: "no validators on save", change: (text) => text.replaceAll(/if \([^\n]*throw unsendable[^\n]*/g, "") },
  { what: "the next version accepted", change: (text) => text.replaceAll(/versionId > (\d+)/g, "versionId > $1 + 1") },
  { what: "the version before the oldest accepted", change: (text) => text.replaceAll(/versionId < (\d+)/g, "versionId < $1 - 1") },
  { what: "a subsection's version not looked at", change: (text) => text.replaceAll(/if \(version\d+ >[^\n]*/g, "") },
  { what: "a byte beyond the end", change: (text) => text.replaceAll(/> end\) throw truncated/g, "> end + 1) throw truncated") },
  { what: "unknown subsections taken for data", change: (text) => text.replaceAll(/endOfSubsections\(r[^;]*;/g, ";") },
  { what: "the same behind a struct in place", change: (text) => text.replaceAll(/endOfStruct\(r[^;]*;/g, ";") },
  {
    what: "room for less than is written",
    change: (text) => text.replaceAll(/if \(o \+ (\d+) > b\.length\)/g, "if (o + $1 > b.length + 8)"),
  },
];

/** Bugs in every kind's emitter. The oracle has to find each. */
export const PLANTED: readonly Planted[] = [
  replaced("bool", "only 1 is true", "read", /!== 0/g, "=== 1"),
  replaced("bool", "the other way round", "write", /\? 1 : 0/g, "? 0 : 1"),
  ...(["uint8", "uint16", "uint32", "int8", "int16", "int32"] as const).flatMap(small),
  ...(["uint64", "int64", "float64", "CPU_Double_U", "timer"] as const).flatMap(wide),

  gone("equal", "not compared on load", "load", /if \([^\n]*throw notEqual[^\n]*/g),
  gone("equal", "not compared on save", "save", /if \([^\n]*throw unlikeLocal[^\n]*/g),
  replaced("equal", "told a byte late", "load", /, o, /g, ", o + 1, "),
  replaced("int32 le", "less, not at most", "load", / > ([^)\n]+)\)/g, " >= $1)"),
  replaced("int32 le", "negative ones accepted", "load", /\S+ < 0 \|\| /g, ""),

  ...many("array"),
  ...many("array2d"),
  gone("varray", "no limit on save", "save", NO_LIMIT_ON_SAVE),
  gone("varray", "no check of the length", "save", NO_LENGTH_CHECK),
  gone("varray", "no limit on load", "load", NO_LIMIT_ON_LOAD),
  replaced("varray", "negative counts accepted", "load", NEGATIVE, ""),
  replaced("varray", "not multiplied", "load", /\) \* \d+;/g, ");"),

  gone("buffer", "no check of the length", "write", NO_LENGTH_CHECK),
  gone("buffer", "not written", "write", /\S+\.set\([^\n]*/g),
  replaced("buffer", "read a byte late", "read", /subarray\((.*), (.*)\)$/g, "subarray($1 + 1, $2 + 1)"),
  gone("varBuffer", "no limit on save", "save", NO_LIMIT_ON_SAVE),
  gone("varBuffer", "no check of the length", "save", NO_LENGTH_CHECK),
  gone("varBuffer", "not written", "save", /b\.set\([^\n]*/g),
  gone("varBuffer", "no limit on load", "load", NO_LIMIT_ON_LOAD),
  replaced("varBuffer", "negative sizes accepted", "load", NEGATIVE, ""),
  replaced("bitmap", "the last word forgotten", "load", /Math\.ceil/g, "Math.floor"),
  gone("bitmap", "no limit on load", "load", NO_LIMIT_ON_LOAD),
  gone("bitmap", "no check of the length", "save", NO_LENGTH_CHECK),
  gone("unused_buffer", "what was in the buffer before is sent", "write", /[^\n]*\.fill\([^\n]*/g),
  gone("unused_buffer", "the same where its size is computed", "save", /b\.fill\([^\n]*/g),
  gone("unused_buffer", "not skipped", "load", /o \+= [^;]*;/g),
  gone("unused_buffer", "no limit on load", "load", NO_LIMIT_ON_LOAD),

  gone("struct", "the offset left where it was", "load", /o = r\.at;/g),
  gone("struct", "the offset left where it was on save", "save", /o = w\.at;/g),
  gone("struct", "its step in the path kept", "load", /r\.path\.leave\(\);/g),
  replaced("struct", "the old state withheld", "load", /, old\?[^)]*\)/g, ")"),
  gone("vstruct", "the offset left where it was", "load", /o = r\.at;/g),
  replaced("vstruct", "saved at its newest version", "save", /saveAt\d+/g, "save"),
  replaced("vstruct", "loaded at the version before", "load", /\.load\(r, (\d+)/g, ".load(r, $1 - 1"),
  replaced("tmp", "loaded at its newest version", "load", /\.load\(r, 0/g, ".load(r, 9"),
  gone("tmp", "the offset left where it was on save", "save", /o = w\.at;/g),

  ...listed("qtailq"),
  ...listed("qlist"),
  gone("gtree", "no limit on load", "load", NO_LIMIT_ON_LOAD),
  gone("gtree", "no limit on save", "save", NO_LIMIT_ON_SAVE),
  gone("gtree", "more nodes than announced", "load", /if \(i\d+ === n\d+\)[^\n]*/g),
  gone("gtree", "fewer nodes than announced", "load", /if \(a\d+\.length !== n\d+\)[^\n]*/g),
  replaced("gtree", "one node too many announced", "save", /(setInt32\(o, [^)]*\.length)\)/g, "$1 + 1)"),

  ...inner("pointer"),
  ...inner("custom"),
  replaced("nullable", "any marker", "load", /if \(b\[o\] !== 48\)[^\n]*/g, ""),
  replaced("nullable", "another marker", "save", /= 48;/g, "= 0;"),
  gone("nullable", "a null where none is due", "save", /if \([^\n]*"not null"[^\n]*/g),
  gone("nullable", "a value where null is due", "save", /if \([^\n]*"null"[^\n]*/g),

  replaced("marker", "always 1", "load", /r\.marker/g, "1"),
  replaced("sent", "true where nothing came", "load", /= false/g, "= true"),
];

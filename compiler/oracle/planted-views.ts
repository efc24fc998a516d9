import { raw } from "../code/code.ts";
import type { KindIr, KindName } from "../ir.ts";
import type { RuntimeSymbol } from "../kinds/body/module.ts";
import type { ViewBody } from "../kinds/body/view-body.ts";
import { KINDS } from "../kinds/index.ts";
import type { JsonSchema, ViewFace } from "../kinds/kind.ts";

/** What a kind's face gives, made wrong. `use` names what the runtime offers. */
type Spoil = (text: string, use: (symbol: RuntimeSymbol) => string) => string;

/** One mistake in each face of a kind, of the sort that one makes. */
export interface Planted {
  readonly toJson: Spoil;
  readonly fromJson: Spoil;
  readonly diff: Spoil;
  /** The schema as JSON. */
  readonly schema: Spoil;
}

export type Face = keyof Planted;

const swapped = (text: string): string => text.replace(/\((.*?), (.*?), /, "($2, $1, ");
const put =
  (from: string | RegExp, to: string): Spoil =>
  (text) =>
    text.replace(from, to);
const instead =
  (from: RuntimeSymbol, to: RuntimeSymbol): Spoil =>
  (text, use) =>
    text.replaceAll(from, use(to));

/** The path of something else. */
const elsewhere = put(/, (p \+ "[^"]*"|at\d*)/, ', "?" + $1');

const number = (from: RuntimeSymbol, like: RuntimeSymbol): Planted => ({
  toJson: (text) => `${text} | 1`,
  fromJson: instead(from, like),
  diff: swapped,
  schema: (text) => text.replace(/"maximum":(\d+)/, (_, most) => `"maximum":${Number(most) - 1}`),
});
const bool: Planted = { toJson: (text) => `!${text}`, fromJson: (text) => `!${text}`, diff: swapped, schema: put("boolean", "integer") };
const unsigned64: Planted = {
  toJson: put("hex64", "String"),
  fromJson: instead("asHex64", "asInt64"),
  diff: put("hex64", "String"),
  schema: put("{0,15}", "{0,16}"),
};
const signed64: Planted = {
  toJson: (text, use) => text.replace("String", use("hex64")),
  fromJson: instead("asInt64", "asHex64"),
  diff: swapped,
  schema: put("5808", "5809"),
};
const oneMore: Spoil = (text) =>
  text.replace(/(, |"max(?:Items|Length)":)(\d+)(?=, as|, \(|, \w+_view|\)|[,}])/, (_, before, most) => `${before}${Number(most) + 2}`);
const elements: Planted = {
  toJson: (text) => `${text}.reverse()`,
  fromJson: oneMore,
  diff: swapped,
  schema: (text) => text.replace(/"maxItems":(\d+)}$/, (_, most) => `"maxItems":${Number(most) + 1}}`),
};
const bytes: Planted = {
  toJson: (text) => `${text}.toUpperCase()`,
  fromJson: (text) => text.replace(/(\d+)\)$/, (_, most) => `${Number(most) + 1})`),
  diff: swapped,
  schema: (text) => text.replace(/"maxLength":(\d+)/, (_, most) => `"maxLength":${Number(most) + 2}`),
};
const struct: Planted = {
  toJson: (text) => `Object.assign(${text}, { more: 1 })`,
  fromJson: elsewhere,
  diff: swapped,
  schema: () => "true",
};

export const PLANTED: { readonly [K in Exclude<KindName, "unused_buffer">]: Planted } = {
  bool,
  uint8: number("asUint8", "asInt8"),
  uint16: number("asUint16", "asInt16"),
  uint32: number("asUint32", "asInt32"),
  int8: number("asInt8", "asUint8"),
  int16: number("asInt16", "asUint16"),
  int32: number("asInt32", "asUint32"),
  uint64: unsigned64,
  float64: unsigned64,
  CPU_Double_U: unsigned64,
  int64: signed64,
  timer: signed64,
  equal: { ...struct, toJson: (text) => `[${text}]`, fromJson: elsewhere, schema: () => "{}" },
  "int32 le": number("asInt32", "asUint32"),
  array: elements,
  array2d: elements,
  varray: elements,
  bitmap: elements,
  buffer: bytes,
  varBuffer: bytes,
  struct,
  vstruct: struct,
  tmp: struct,
  qtailq: elements,
  qlist: elements,
  gtree: elements,
  pointer: { toJson: (text) => `[${text}]`, fromJson: elsewhere, diff: () => "[]", schema: () => "true" },
  custom: { toJson: (text) => `[${text}]`, fromJson: elsewhere, diff: () => "[]", schema: () => "true" },
  nullable: {
    toJson: put("? null :", "? 0 :"),
    fromJson: put("=== null", "== 0"),
    diff: swapped,
    schema: put('{"type":"null"},', ""),
  },
  marker: { ...number("asInteger", "asInteger"), fromJson: put("1, 255", "1, 127") },
  sent: bool,
};

/** Runs with a mistake in one face of one kind; `done` tells whether that face was asked for. */
export function withPlanted<T>(kind: Exclude<KindName, "unused_buffer">, face: Face, work: () => T): { result: T; asked: boolean } {
  const entry = KINDS[kind] as { view: ViewFace<KindIr> };
  const { view } = entry;
  let asked = false;
  const spoiled = (k: KindIr, text: string, body?: ViewBody): string => {
    if (k.kind !== kind) return text;
    const wrong = PLANTED[kind][face](text, (symbol) => (body === undefined ? symbol : body.use(symbol).text));
    asked ||= wrong !== text;
    return wrong;
  };
  const change: { readonly [F in Face]: Partial<ViewFace<KindIr>> } = {
    toJson: { toJson: (k, value, body) => raw(spoiled(k, view.toJson(k, value, body).text, body)) },
    fromJson: { fromJson: (k, json, at, body) => raw(spoiled(k, view.fromJson(k, json, at, body).text, body)) },
    diff: { diff: (k, a, b, at, body) => raw(spoiled(k, view.diff(k, a, b, at, body).text, body)) },
    schema: { schema: (k) => JSON.parse(spoiled(k, JSON.stringify(view.schema(k)))) as JsonSchema },
  };
  entry.view = { ...view, ...change[face] };
  try {
    return { result: work(), asked };
  } finally {
    entry.view = view;
  }
}

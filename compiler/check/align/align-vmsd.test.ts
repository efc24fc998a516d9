import { expect, test } from "vitest";
import { compare, parse, type Verdict } from "../index.ts";

type Json = Record<string, unknown>;

/**
 * Fields in one line: `name:size`, or `name=vmsd{…}` for a struct; behind it `xN` for a fixed array, `?` for a condition and `vN` for the
 * version from which on it is sent. The section has version 2.
 */
function fieldsOf(text: string): Json[] {
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    const [found] = text.slice(at).match(pattern) ?? [];
    at += found?.length ?? 0;
    return found;
  };
  const list = (): Json[] => {
    const fields: Json[] = [];
    for (take(/^ +/); at < text.length && text[at] !== "}"; take(/^ +/)) {
      const field = take(/^\w+/);
      if (field === undefined) throw new Error(`No field at '${text.slice(at)}'.`);
      const size = take(/^:\d+/);
      const description = size === undefined ? take(/^=\w+\{/)?.slice(1, -1) : undefined;
      const Fields = description === undefined ? undefined : list();
      if (Fields !== undefined) take(/^\}/);
      const num = take(/^x\d+/)?.slice(1);
      fields.push({
        field,
        size: size === undefined ? 64 : Number(size.slice(1)),
        ...(num === undefined ? {} : { num: Number(num) }),
        field_exists: take(/^\?/) !== undefined,
        version_id: Number(take(/^v\d+/)?.slice(1) ?? 0),
        ...(Fields === undefined ? {} : { Description: { name: description, version_id: 9, minimum_version_id: 0, Fields } }),
      });
    }
    return fields;
  };
  return list();
}

/** Both builds tell the counts of their fixed arrays, as every newer one does. */
function check(old: string, new_: string): { forward: Verdict; backward: Verdict } {
  const section = (Name: string, text: string): Json => {
    const versions = { version_id: 2, minimum_version_id: 1 };
    return { [Name]: { Name, ...versions, Description: { name: Name, ...versions, Fields: fieldsOf(text) } } };
  };
  const [from, to] = [old, new_].map((text) =>
    parse(Buffer.from(JSON.stringify({ ...section("other", "constant:4x2"), ...section("dev", text) })), "dump.json"),
  );
  if (from === undefined || to === undefined) throw new Error("unreachable");
  return compare(from, to).verdict;
}

type Row = [change: string, old: string, new_: string, verdict: Verdict];

const ROWS: Row[] = [
  ["the first of two namesakes becomes padding", "f:1 f:4", "unused:1 f:4", "compatible"],
  ["the second of two equal namesakes becomes padding", "f:4 f:4", "f:4 unused:4", "compatible"],
  ["the first of two equal namesakes becomes padding", "f:4 f:4", "unused:4 f:4", "compatible"],
  ["an array becomes padding before an array of its name", "f:2x3 f:16x4", "unused:6 f:16x4", "compatible"],
  ["padding becomes a field of a name that is there already", "unused:1 f:4x2 unused:8", "unused:1 f:4x2 f:8", "compatible"],
  ["a namesake becomes padding where a struct is wrapped around another field", "a:2 f:4 f:4", "w=w{a:2} f:4 unused:4", "compatible"],
  ["one of two namesakes is dropped", "f:4 f:4 g:2", "f:4 g:2", "incompatible"],
  ["one of two namesakes is resized", "f:4 f:4 g:2", "f:4 f:8 g:2", "incompatible"],
  ["an array and a value of one name trade places", "s=s{f:4 f:4x4}", "s=s{f:4x4 f:4}", "incompatible"],
  ["namesakes and padding come in the opposite order", "unused:8 f:2x2 f:4", "f:4 f:2x2 unused:8", "incompatible"],
  ["an unconditional namesake gets a later version", "unused:2 f:16? f:16", "unused:2 f:16? f:16v3", "incompatible"],
  ["one of two alternatives is wrapped", "f:4? f:4?", "w=w{f:4?} f:4?", "compatible"],
  ["one of two alternatives of other sizes is wrapped", "f:4x2? f:8?", "w=w{f:4x2?} f:8?", "compatible"],
  ["a field comes between alternatives", "f:4? f:8?", "f:4? n:4 f:8?", "incompatible"],
  ["one of two alternatives and padding trade places", "f:4? unused:4? f:1?", "unused:4? f:4? f:1?", "depends"],
  ["alternatives lose the condition of the struct around them", "w=w{f:4? f:1?}?", "f:4? f:1?", "depends"],
  ["a conditional field loses the condition of the struct around it", "w=w{f:4?}?", "f:4?", "depends"],
  ["a conditional struct becomes a conditional field", "w=w{f:4}?", "f:4?", "compatible"],
  ["a field moves across another one and out of its struct", "unused:4 g:8 s=s{f:4}", "f:4 g:8 unused:4", "incompatible"],
  ["fields of renamed structs move across another one", "unused:6 g:8 s=t{f:6}", "s=s{f:6} g:8 unused:6", "incompatible"],
  ["a wrapped array of structs is renamed", "w=w{f=s{a:4}x3}", "r=s{a:4}x3", "compatible"],
  ["fields become padding of their struct's bytes", "w=w{a:3x2 b:2}", "unused:6 unused:2", "compatible"],
  ["a field in a struct that is not sent yet is no rename", "f:4", "s=s{f:4}v3 g:4", "incompatible"],
  ["a field that is not sent any more is no part of longer padding", "f:2", "unused:6 f:2v3", "incompatible"],
  ["padding that is not sent any more makes place for no struct", "unused:6", "unused:6v3 s=s{a:1}", "incompatible"],
  ["padding that comes with a version makes place for none", "unused:4", "f:4 unused:4v3", "compatible"],
  ["conditional padding covers no field that is always sent", "a:2x4 unused:4?", "unused:4? b:4x4", "incompatible"],
  ["a field as long as conditional padding is added", "unused:1?", "f:1 unused:1?", "incompatible"],
  ["a struct that ends in padding is dropped", "s=s{a:2 unused:8 b:6} unused:16?", "unused:16?", "incompatible"],
  ["a conditional array becomes a struct of padding under a condition", "f:4x2?", "s=s{unused:8?}", "compatible"],
  ["a struct of padding becomes an array of shorter ones", "s=s{unused:12}", "s=s{unused:6}x2", "compatible"],
  ["padding becomes an array of structs of as much padding each", "unused:4", "f=s{unused:4}x3", "incompatible"],
  ["padding becomes an array of structs of padding, all in all as long", "unused:12", "f=s{unused:4}x3", "compatible"],
  ["a renamed array of renamed structs whose field has another version", "f=s{a:4v2}x3", "r=t{a:4}x3", "compatible"],
  ["an array of renamed structs of conditional fields moves", "a:4x3? f=s{b:2?}x2", "f=t{b:2?}x2 a:4x3?", "depends"],
  ["an array of structs of conditional fields gets longer", "f=s{b:2?}x2", "f=s{b:2?}x3", "depends"],
  ["an array of renamed structs is renamed beside padding", "f=t{g=s{a:4}x2}x4 unused:1", "r=u{g=s{a:4}x2}x4 unused:1", "compatible"],
  ["conditional structs in an array come in another order", "f=s{a:8? g=t{b:8x3?}}x4", "f=u{g=t{b:8x3?} a:8?}x4", "depends"],
  ["a struct without fields gets one without fields", "s=s{}", "s=s{t=t{}}", "compatible"],
  ["an array of structs without fields is dropped", "e=e{}x4 f:1", "f:1", "compatible"],
  ["a field becomes an array of structs of as many bytes each", "f:16", "f=w{f:16}x4", "incompatible"],
];

test.each(ROWS)("%s", (_, old, new_, verdict) => {
  expect(check(old, new_)).toEqual({ forward: verdict, backward: verdict });
});

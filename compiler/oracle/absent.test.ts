import { expect, test } from "vitest";
import { ByteReader, ByteWriter } from "../../runtime/codec/v1.ts";
import type { Expr } from "../expr/expr.ts";
import { literal } from "../expr/expr.ts";
import type { FieldIr, KindIr, SubsectionIr, VmsdIr } from "../ir.ts";
import { programOf } from "../program.ts";
import { type Generated, runCodec, sourcesOf } from "./run-codec.ts";

const AT = { file: "absent.ts", line: 1, column: 1 };
const UINT8: KindIr = { kind: "uint8" };
const UINT64: KindIr = { kind: "uint64" };
const LATE: readonly KindIr[] = [
  { kind: "array", element: UINT8, count: 8192 },
  { kind: "array", element: UINT64, count: 20 },
  { kind: "array", element: { kind: "struct", vmsd: "pair", with: {} }, count: 5 },
  { kind: "buffer", size: 4096 },
];

const fieldsOf = (prefix: string, kinds: readonly KindIr[]): FieldIr[] =>
  kinds.map((kind, at) => ({ key: `${prefix}${at}`, name: `${prefix}${at}`, kind, since: 0, at: AT }));
const isSent: Expr = { op: "binary", operator: "!==", left: { op: "field", key: "sent0" }, right: literal(0) };
const body = (name: string, fields: readonly FieldIr[]) => ({ name, versionId: 1, minimumVersionId: 1, fields, at: AT });
const vmsd = (name: string, fields: readonly FieldIr[], subsections: readonly SubsectionIr[] = []): VmsdIr => ({
  ...body(name, fields),
  id: name,
  properties: {},
  subsections,
  types: [],
});

/** A device whose subsections are sent when its first field is not 0. */
function device(names: readonly string[]): Readonly<Record<string, string>> {
  const late = names.map((name) => ({ ...body(`root/${name}`, fieldsOf(name, LATE)), needed: isSent, subsections: [] }));
  const vmsds = { root: vmsd("root", fieldsOf("sent", [UINT8]), late), pair: vmsd("pair", fieldsOf("p", [UINT8, UINT64])) };
  return sourcesOf(vmsds, programOf(vmsds));
}

type State = Record<string, unknown>;

function busy(names: readonly string[]): State {
  const late = (name: string, n: number): State => ({
    [`${name}0`]: Array.from({ length: 8192 }, (_, i) => (i + n) & 255),
    [`${name}1`]: Array.from({ length: 20 }, (_, i) => BigInt(i + n)),
    [`${name}2`]: Array.from({ length: 5 }, (_, i) => ({ p0: i + n, p1: BigInt(n) })),
    [`${name}3`]: new Uint8Array(4096).fill(n + 1),
  });
  return Object.assign({ sent0: 1 }, ...names.map((name, n) => late(name, n)));
}

function absent(names: readonly string[]): State {
  const late = (name: string): State => ({
    [`${name}0`]: new Array(8192).fill(0),
    [`${name}1`]: new Array(20).fill(0n),
    [`${name}2`]: Array.from({ length: 5 }, () => ({ p0: 0, p1: 0n })),
    [`${name}3`]: new Uint8Array(4096),
  });
  return Object.assign({ sent0: 0 }, ...names.map(late));
}

function saved(codec: Generated, state: State): Uint8Array {
  const w = new ByteWriter(16);
  codec.save(state, w, undefined);
  return w.written().slice();
}

const load = (codec: Generated, bytes: Uint8Array): State => codec.load(new ByteReader(bytes), 1, undefined);
const into = (codec: Generated, state: State, bytes: Uint8Array): void => codec.loadInto(state, new ByteReader(bytes), 1, undefined);

const MANY = Array.from({ length: 60 }, (_, n) => `late${String.fromCharCode(97 + (n % 26))}${n}_`);

test.each([
  ["a few", ["late"]],
  ["so many that a function of all would be too large", MANY],
] as const)("what is absent is as if it were made anew, in a state with %s subsections", async (_, names) => {
  const codec = await runCodec(device(names), "root");
  const nothing = Uint8Array.of(0);
  expect(load(codec, nothing)).toEqual(absent(names));
  const state = busy(names);
  const bytes = saved(codec, state);
  expect(load(codec, bytes)).toEqual(state);
  into(codec, state, nothing);
  expect(state).toEqual(absent(names));
  into(codec, state, bytes);
  expect(state).toEqual(busy(names));
  expect(saved(codec, state)).toEqual(bytes);
});

test("states share no memory of what was absent", async () => {
  const codec = await runCodec(device(["late"]), "root");
  const nothing = Uint8Array.of(0);
  const states = [load(codec, nothing), load(codec, nothing), busy(["late"]), busy(["late"])];
  for (const state of states.slice(2)) into(codec, state, nothing);
  for (const state of states) {
    (state.late0 as number[])[8191] = 9;
    (state.late1 as bigint[])[0] = 9n;
    (state.late2 as { p0: number }[]).forEach((each) => {
      each.p0++;
    });
    (state.late3 as Uint8Array).fill(9);
    expect(state.late2).toEqual(Array.from({ length: 5 }, () => ({ p0: 1, p1: 0n })));
    expect(load(codec, nothing)).toEqual(absent(["late"]));
  }
});

test("a save and stores that V8 would never optimise as one function are several", () => {
  const { root } = device(MANY) as { readonly root: string };
  const functions = root.split(/^(?= *(?:export )?function )/m);
  const lengthOf = (name: string): number => functions.find((each) => each.includes(`function ${name}(`))?.length ?? 0;
  for (const name of ["save", "saveSubsection0", "storeFields0"]) {
    expect(lengthOf(name)).toBeGreaterThan(0);
    expect(lengthOf(name)).toBeLessThan(40_000);
  }
});

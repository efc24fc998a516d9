import { expect, test } from "vitest";
import { ByteReader, ByteWriter } from "../../runtime/codec/v1.ts";
import type { KindIr, VmsdIr } from "../ir.ts";
import { programOf } from "../program.ts";
import { type Generated, runCodec, sourcesOf } from "./run-codec.ts";

const AT = { file: "shapes.ts", line: 1, column: 1 };

function codecOf(kinds: readonly KindIr[]): Promise<Generated> {
  const fields = kinds.map((kind, at) => ({ key: `f${at}`, name: `f${at}`, kind, since: 0, at: AT }));
  const body = { name: "root", versionId: 1, minimumVersionId: 1, fields, at: AT };
  const vmsds: Record<string, VmsdIr> = { root: { ...body, id: "root", properties: {}, subsections: [], types: [] } };
  return runCodec(sourcesOf(vmsds, programOf(vmsds)), "root");
}

function saved(codec: Generated, state: Record<string, unknown>): Uint8Array {
  const w = new ByteWriter(16);
  codec.save(state, w, undefined);
  return w.written().slice();
}

const load = (codec: Generated, bytes: Uint8Array): Record<string, unknown> => codec.load(new ByteReader(bytes), 1, undefined);

test.each([1, 127, 128, 252, 253, 1500])("a state of %i fields has flat names, whoever made it", async (count) => {
  const codec = await codecOf(Array.from({ length: count }, () => ({ kind: "uint32" })));
  const plain = Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, (at * 2_654_435_761) % 2 ** 32]));
  const bytes = saved(codec, plain);
  const state = load(codec, bytes);
  expect(JSON.parse(JSON.stringify(state))).toEqual(plain);
  expect(state[`f${count - 1}`]).toBe(plain[`f${count - 1}`]);
  state[`f${count - 1}`] = 7;
  expect(load(codec, saved(codec, state))[`f${count - 1}`]).toBe(7);
  const other = Object.fromEntries(Object.keys(plain).map((key) => [key, 1]));
  codec.loadInto(other, new ByteReader(bytes), 1, undefined);
  expect(other).toEqual(plain);
});

test("a load into a state writes to memory that the state owns, and keeps hold of none that was read", async () => {
  const codec = await codecOf([{ kind: "uint8" }, { kind: "buffer", size: 3 }]);
  const first = Uint8Array.of(1, 2, 3, 4);
  const viewed = load(codec, first) as { f1: Uint8Array };
  expect(viewed.f1.buffer).toBe(first.buffer);
  const second = Uint8Array.of(5, 6, 7, 8);
  codec.loadInto(viewed, new ByteReader(second), 1, undefined);
  expect([...first, ...viewed.f1]).toEqual([1, 2, 3, 4, 6, 7, 8]);
  const own = viewed.f1;
  second.fill(0);
  codec.loadInto(viewed, new ByteReader(first), 1, undefined);
  expect(viewed.f1).toBe(own);
  expect([...own]).toEqual([2, 3, 4]);
});

import { expect, test } from "vitest";
import { readerOver, writerOver } from "../codec.ts";
import { difference, type E1000State, makePool } from "../state.ts";
import { reference } from "./index.ts";

const [sent, unsent] = [makePool().find((state) => state.tso_flags !== 0), makePool().find((state) => state.tso_flags === 0)] as [
  E1000State,
  E1000State,
];

function saved(state: E1000State): Uint8Array {
  const writer = writerOver(new Uint8Array(1024));
  reference.save(state, writer);
  return writer.bytes.slice(0, writer.at);
}

test("a state is 868 bytes, and 915 with its subsection, whose header is QEMU's", () => {
  expect(saved(unsent)).toHaveLength(868);
  expect(saved(sent)).toHaveLength(915);
  expect(Buffer.from(saved(sent).subarray(868, 891)).toString("latin1")).toBe("\x05\x11e1000-like/tx_tso\0\0\0\x01");
});

test("what was saved comes back, into a new state and into one that held another", () => {
  for (const state of makePool()) {
    const bytes = saved(state);
    expect(difference(state, reference.load(readerOver(bytes)))).toBeUndefined();
    const device = reference.load(readerOver(saved(sent)));
    const reader = readerOver(bytes);
    reference.loadInto(device, reader);
    expect(difference(state, device)).toBeUndefined();
    expect(reader.at).toBe(bytes.length);
  }
});

test("input that ends too early is refused at every length, and so is an output without room", () => {
  const bytes = saved(sent);
  for (let length = 0; length < bytes.length; length++) {
    if (length === 868) continue;
    expect(() => reference.load(readerOver(bytes.subarray(0, length)))).toThrow(RangeError);
    expect(() => reference.save(sent, writerOver(new Uint8Array(length)))).toThrow(RangeError);
  }
});

test("another subsection and an array of another length are refused", () => {
  const bytes = saved(sent);
  bytes[875] = 0x78;
  expect(() => reference.load(readerOver(bytes))).toThrow("not one of 'e1000-like'");
  expect(() => saved({ ...sent, eeprom: [1] })).toThrow("'eeprom' has 1 elements");
});

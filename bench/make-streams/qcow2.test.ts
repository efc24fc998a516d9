import { expect, test } from "vitest";
import { emptyImage, vmStateOf } from "./qcow2.ts";

const CLUSTER = 65_536;

test("the VM state is found by the snapshot's own tables, what lies nowhere or behind the end of the file is zeros", () => {
  const image = Buffer.concat([emptyImage(), Buffer.alloc(3 * CLUSTER), Buffer.from("end")]);
  const [snapshots, l1, l2, last] = [4, 5, 6, 7].map((cluster) => cluster * CLUSTER) as [number, number, number, number];
  image.writeUInt32BE(1, 60);
  image.writeBigUInt64BE(BigInt(snapshots), 64);
  image.writeBigUInt64BE(BigInt(l1), snapshots);
  image.writeBigUInt64BE(BigInt(2 * CLUSTER + 8), snapshots + 40);
  image.writeBigUInt64BE(BigInt(l2) | (1n << 63n), l1 + 8);
  image.writeBigUInt64BE(BigInt(snapshots) | (1n << 63n), l2);
  image.writeBigUInt64BE(BigInt(last) | (1n << 63n), l2 + 16);
  const state = vmStateOf(image);
  expect(state.length).toBe(2 * CLUSTER + 8);
  expect(state.subarray(0, CLUSTER)).toEqual(image.subarray(snapshots, l1));
  expect(state.subarray(CLUSTER, 2 * CLUSTER).every((byte) => byte === 0)).toBe(true);
  expect(state.subarray(2 * CLUSTER)).toEqual(Buffer.from("end\0\0\0\0\0"));
});

test("an image without a snapshot has no VM state", () => {
  expect(() => vmStateOf(emptyImage())).toThrow("The image holds no snapshot.");
});

import { expect, test } from "vitest";
import { memoryPair } from "../../runtime/transport/memory-channel.ts";
import { untilLeft } from "./until-left.ts";

const ENDLESS = 1e6;

async function taken(timeout: number) {
  const [source, end] = memoryPair();
  const { accept, left } = untilLeft(async () => end, timeout);
  const channel = await accept();
  let isLeft = false;
  const leaving = left().then(() => {
    isLeft = true;
  });
  return { source, channel, leaving, isLeft: () => isLeft };
}

test("a source has left when it has ended its connection, and what it said is read", async () => {
  const { source, channel, leaving, isLeft } = await taken(ENDLESS);
  await source.write(Buffer.from("heard"));
  expect(await channel.read(new Uint8Array(16))).toBe(5);
  await new Promise(setImmediate);
  expect(isLeft()).toBe(false);
  await source.end();
  expect(await channel.read(new Uint8Array(16))).toBe(0);
  await leaving;
});

test("one whose connection breaks has left", async () => {
  const { source, channel, leaving } = await taken(ENDLESS);
  const reading = channel.read(new Uint8Array(16));
  source.destroy();
  await expect(reading).rejects.toThrow();
  await leaving;
});

test("one that is turned away has left, and one that is silent for too long is not waited for", async () => {
  const { channel, leaving } = await taken(ENDLESS);
  channel.destroy();
  await leaving;
  await (await taken(1)).leaving;
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { checkedChannel } from "./checked-channel.ts";
import { memoryPair } from "./memory-channel.ts";
import { channelContract } from "./proof/channel-contract.ts";

channelContract("checked", async () => {
  const [one, other] = memoryPair();
  return { ends: [checkedChannel(one), checkedChannel(other)] };
});

async function readAll(read: (into: Uint8Array) => Promise<number>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const into = new Uint8Array(70_000);
  for (let got = await read(into); got > 0; got = await read(into)) pieces.push(into.slice(0, got));
  return Buffer.concat(pieces);
}

/** What stands on the line for these writes. */
async function written(writes: readonly Uint8Array[]): Promise<Uint8Array> {
  const [near, far] = memoryPair({ capacity: 1 << 24 });
  const channel = checkedChannel(near);
  for (const bytes of writes) await channel.write(bytes);
  await channel.end();
  return readAll(far.read);
}

async function readBack(line: Uint8Array): Promise<Uint8Array> {
  const [near, far] = memoryPair({ capacity: 1 << 24 });
  await near.write(line);
  await near.end();
  return readAll(checkedChannel(far).read);
}

test("a record begins with its mark, length, place and sum", async () => {
  const line = await written([Uint8Array.of(1, 2, 3), Uint8Array.of(4)]);
  expect(Buffer.from(line.subarray(0, 12)).toString("hex")).toBe("564d53520000000300000000");
  expect(Buffer.from(line.subarray(16, 19)).toString("hex")).toBe("010203");
  expect(Buffer.from(line.subarray(19, 31)).toString("hex")).toBe("564d53520000000100000001");
});

test("any byte that is changed, and any piece that is cut off, breaks the channel", async () => {
  const body = Uint8Array.from({ length: 200_000 }, (_, n) => (n * 7) >>> 3);
  const line = await written([body.subarray(0, 70_000), body.subarray(70_000, 70_010), body.subarray(70_010)]);
  expect(Buffer.compare(await readBack(line), body)).toBe(0);
  await fc.assert(
    fc.asyncProperty(fc.nat(line.length - 1), fc.integer({ min: 1, max: 255 }), async (at, bits) => {
      const changed = line.slice();
      changed[at] = (changed[at] as number) ^ bits;
      await expect(readBack(changed)).rejects.toMatchObject({ code: "broken" });
    }),
  );
  for (const end of [1, 15, 16, 17, 70_015, 70_017, line.length - 1])
    await expect(readBack(line.subarray(0, end))).rejects.toMatchObject({ code: "broken" });
});

test("records in another order, twice, or left out break the channel", async () => {
  const [one, two] = [await written([Uint8Array.of(1)]), (await written([Uint8Array.of(1), Uint8Array.of(2)])).subarray(17)];
  for (const line of [[two, one], [one, one], [two]]) await expect(readBack(Buffer.concat(line))).rejects.toMatchObject({ code: "broken" });
});

test("what lies in memory that the channel gave is written as any other", async () => {
  const [near, far] = memoryPair({ capacity: 1 << 24 });
  const channel = checkedChannel(near);
  const [first, second] = [channel.piece(), channel.piece()];
  const random = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7919) >>> 3);
  const writes = [random(200_000), random(5), random(1 << 20)];
  for (const [at, bytes] of writes.entries()) {
    const piece = at % 2 === 0 ? first : second;
    piece.set(bytes);
    await channel.write(piece.subarray(0, bytes.length));
  }
  await channel.write(first.subarray(3, 100_000));
  await channel.end();
  expect(Buffer.compare(await readAll(far.read), await written([...writes, random(1 << 20).subarray(3, 100_000)]))).toBe(0);
});

import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { type Channel, ChannelError } from "../channel.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const MIB = 1 << 20;

/** Two ends; of something that sends back what it is sent, one end twice. */
export interface Pair {
  readonly ends: readonly [Channel, Channel];
  readonly release?: () => Promise<void> | void;
}

/** What every channel holds to, over as many as are asked for. */
export function channelContract(name: string, open: () => Promise<Pair>): void {
  describe(name, () => {
    const opened: Pair[] = [];
    const pair = async (): Promise<readonly [Channel, Channel]> => {
      const made = await open();
      opened.push(made);
      return made.ends;
    };
    afterEach(async () => {
      for (const { ends, release } of opened.splice(0)) {
        for (const end of ends) end.destroy();
        await release?.();
      }
    });

    test("pieces of all sizes come in order, both ways at once, from memory that is used again at once", async () => {
      const [a, b] = await pair();
      const there = drawSizes(SEED);
      const back = drawSizes(SEED + 1);
      const all = [sendAll(a, there, 3), receiveAll(b)];
      if (a !== b) all.push(sendAll(b, back, 5), receiveAll(a));
      const [sent, received, sentBack, receivedBack] = await Promise.all(all);
      expect(received, `seed ${SEED}`).toBe(sent);
      expect(receivedBack, `seed ${SEED}`).toBe(sentBack);
    });

    test("the end is read as no bytes, again and again, and the other direction goes on", async () => {
      const [a, b] = await pair();
      await a.write(Uint8Array.of(1, 2, 3));
      await a.end();
      expect(await readSome(b, 3)).toEqual([1, 2, 3]);
      for (let i = 0; i < 3; i++) expect(await b.read(new Uint8Array(10))).toBe(0);
      if (a === b) return;
      await b.write(Uint8Array.of(4));
      expect(await readSome(a, 1)).toEqual([4]);
      await b.end();
      expect(await a.read(new Uint8Array(10))).toBe(0);
    });

    test("what is destroyed fails whoever waits for it, and whoever comes later", async () => {
      const [a, b] = await pair();
      const reading = a.read(new Uint8Array(10)).catch((error: unknown) => error);
      const writing = writeForEver(a);
      if (a === b) expect(await reading).toBe(10);
      await stuck(writing.progress);
      const second = a === b ? writeForEver(a).end : reading;
      a.destroy();
      for (const end of [second, writing.end, a.read(new Uint8Array(1)).catch(same), a.write(new Uint8Array(1)).catch(same)]) {
        expect(await end).toMatchObject({ name: "ChannelError", code: "closed", path: a.name });
      }
      if (a === b) return;
      expect(await drain(b)).toSatisfy((end) => end === "end" || end instanceof ChannelError);
      expect(await writeForEver(b).end).toMatchObject({ name: "ChannelError", code: "broken" });
    });

    test("what came and was not read is lost to who destroys it", async () => {
      const [a, b] = await pair();
      await b.write(new Uint8Array(20));
      expect(await a.read(new Uint8Array(10))).toBe(10);
      a.destroy();
      await expect(a.read(new Uint8Array(10))).rejects.toMatchObject({ code: "closed" });
    });

    test("whoever waits is told that the other side destroyed it", async () => {
      const [a, b] = await pair();
      if (a === b) return;
      const writing = writeForEver(b);
      await stuck(writing.progress);
      const reading = b.read(new Uint8Array(1)).catch(same);
      a.destroy();
      expect(await writing.end).toMatchObject({ name: "ChannelError", code: "broken" });
      expect(await reading).toSatisfy((end) => end === 0 || end instanceof ChannelError);
    });

    test("who writes waits for who reads", async () => {
      const [a, b] = await pair();
      const writing = writeForEver(a);
      await stuck(writing.progress);
      expect(writing.progress()).toBeLessThan(32 * MIB);
      const before = writing.progress();
      await readExactly(b, before + 8 * MIB);
      expect(writing.progress()).toBeGreaterThan(before);
      a.destroy();
      await writing.end;
    });
  });
}

function same(error: unknown): unknown {
  return error;
}

/** Many small ones, few large ones, among them none at all and 5 MiB. */
function drawSizes(seed: number): number[] {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const sizes = Array.from({ length: 40 }, () => Math.floor(5 * MIB * next() ** 8));
  return [...sizes, 0, 1, 5 * MIB];
}

/** One memory for all of it, written over as soon as it may be. Gives a hash of what was sent. */
async function sendAll(to: Channel, sizes: readonly number[], step: number): Promise<string> {
  const memory = new Uint8Array(5 * MIB);
  const hash = createHash("sha256");
  for (const [index, size] of sizes.entries()) {
    const piece = memory.subarray(0, size);
    for (let at = 0; at < size; at++) piece[at] = at * step + (at >> 11) + index;
    hash.update(piece);
    await to.write(piece);
    memory.fill(0xee);
  }
  await to.end();
  return hash.digest("hex");
}

async function receiveAll(from: Channel): Promise<string> {
  const hash = createHash("sha256");
  const into = new Uint8Array(300_000);
  for (let size = 1; ; size = (size * 7) % 299_993) {
    const length = await from.read(into.subarray(0, size));
    if (length === 0) return hash.digest("hex");
    hash.update(into.subarray(0, length));
  }
}

async function readSome(from: Channel, count: number): Promise<number[]> {
  const into = new Uint8Array(count);
  for (let done = 0; done < count; ) {
    const length = await from.read(into.subarray(done));
    if (length === 0) throw new Error(`The end comes behind ${done} bytes.`);
    done += length;
  }
  return [...into];
}

async function readExactly(from: Channel, count: number): Promise<void> {
  const into = new Uint8Array(MIB);
  for (let done = 0; done < count; ) done += await from.read(into.subarray(0, Math.min(MIB, count - done)));
}

async function drain(from: Channel): Promise<unknown> {
  const into = new Uint8Array(MIB);
  try {
    while ((await from.read(into)) > 0);
    return "end";
  } catch (error) {
    return error;
  }
}

function writeForEver(to: Channel): { readonly progress: () => number; readonly end: Promise<unknown> } {
  const piece = new Uint8Array(MIB >> 2);
  let written = 0;
  const write = async (): Promise<never> => {
    for (;;) {
      await to.write(piece);
      written += piece.length;
    }
  };
  return { progress: () => written, end: write().catch(same) };
}

/** Waits until no more is written. Were it too short, less would be written, which breaks no promise. */
async function stuck(progress: () => number): Promise<void> {
  for (let [before, still] = [-1, 0]; still < 5; still = progress() === before ? still + 1 : 0) {
    before = progress();
    await setTimeout(10);
  }
}

import { crc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sourceOfBytes } from "../../stream/byte-source.ts";
import type { Clock } from "../clock.ts";
import { DirtyLogError } from "./dirty-log-error.ts";
import { DirtyLogWriter } from "./dirty-log-writer.ts";
import { countPages, type DirtyLog, type Runs } from "./format.ts";
import { createFakeGuest } from "./proof/fake-guest.ts";
import { readDirtyLog } from "./read-dirty-log.ts";
import { recordDirtyLog } from "./record-dirty-log.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);

/** Time that passes only when `run` says so. */
function steppedClock(): Clock & { readonly run: (milliseconds: number) => Promise<void> } {
  let now = 1000;
  let timers: { at: number; call: () => void }[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    after: (milliseconds, call) => {
      const timer = { at: now + milliseconds, call };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    run: async (milliseconds) => {
      const until = now + milliseconds;
      for (;;) {
        await settle();
        const [next] = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers = timers.filter((each) => each !== next);
        now = Math.max(now, next.at);
        next.call();
      }
      now = until;
      await settle();
    },
  };
}

function collector(): { readonly write: (bytes: Uint8Array) => Promise<void>; readonly bytes: () => Uint8Array } {
  const pieces: Uint8Array[] = [];
  return {
    write: async (bytes) => {
      await Promise.resolve();
      pieces.push(bytes.slice());
    },
    bytes: () => Buffer.concat(pieces),
  };
}

const read = (bytes: Uint8Array): DirtyLog => readDirtyLog(sourceOfBytes(bytes));

function pagesOf({ blocks }: DirtyLog, runs: Runs): string[] {
  const pages: string[] = [];
  for (let at = 0; at < runs.length; at += 2)
    for (let page = runs[at] as number; page < (runs[at + 1] as number); page++) {
      const block = blocks.findIndex(({ firstPage, pages }) => page >= firstPage && page < firstPage + pages);
      pages.push(`${block}/${page - (blocks[block]?.firstPage ?? 0)}`);
    }
  return pages;
}

const SIZES = [70, 1, 200];

test("A2a.1 E: what is read is what the guest wrote, epoch by epoch, at periods that change", async () => {
  const write = fc.nat(SIZES.length - 1).chain((block) => fc.tuple(fc.constant(block), fc.nat((SIZES[block] as number) - 1)));
  const step = fc.record({
    writes: fc.array(write, { maxLength: 60, size: "max" }),
    milliseconds: fc.integer({ min: 1, max: 40 }),
    periods: fc.option(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 }), { freq: 4, nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30, size: "max" }), async (steps) => {
      const [guest, clock, file] = [createFakeGuest(SIZES), steppedClock(), collector()];
      // The fake's truth is cut where the recorder cuts.
      const expected: Set<string>[] = [];
      const syncDirty = (into: readonly Uint32Array[]): number => {
        expected.push(guest.takeWrites());
        return guest.syncDirty(into);
      };
      const logged = { ...guest, syncDirty };
      const recording = recordDirtyLog(logged, { clock, write: file.write, periods: [10] });
      await clock.run(1);
      guest.takeWrites();
      const times: number[] = [];
      for (const { writes, milliseconds, periods } of steps) {
        if (periods !== undefined) recording.setPeriods(periods);
        for (const [block, page] of writes) guest.write(block, page);
        await clock.run(milliseconds);
      }
      const { epochs, bytes } = await recording.cancel();
      const log = read(file.bytes());
      expect(log.end).toBe("ended");
      expect(file.bytes().length).toBe(bytes);
      expect(log.epochs.length).toBe(epochs);
      expect(log.epochs.map(({ runs }) => pagesOf(log, runs))).toEqual(expected.map((set) => [...set].sort(byPage)));
      for (const { at } of log.epochs) times.push(at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(log.epochs.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBeCloseTo(times.at(-1) ?? 0, 3);
      expect(guest.isLogged()).toBe(false);
    }),
    { seed: SEED, numRuns: 100 },
  );
});

function byPage(a: string, b: string): number {
  const [[blockA = 0, pageA = 0], [blockB = 0, pageB = 0]] = [a.split("/").map(Number), b.split("/").map(Number)];
  return blockA - blockB || pageA - pageB;
}

test("the period that is set holds from the next epoch on, and lengths come turn about", async () => {
  const [guest, clock, file] = [createFakeGuest(SIZES), steppedClock(), collector()];
  const recording = recordDirtyLog(guest, { clock, write: file.write, periods: [20, 5], zeroPages: false });
  await clock.run(50);
  recording.setPeriods([7]);
  await clock.run(22);
  await recording.cancel();
  expect(read(file.bytes()).epochs.map(({ milliseconds }) => milliseconds)).toEqual([20, 5, 20, 5, 20, 2]);
  expect(read(file.bytes()).zero).toBeUndefined();
});

test.each([
  [{ epochs: 3 }, 3],
  [{ milliseconds: 45 }, 5],
])("a log ends by itself: %j", async (limit, epochs) => {
  const [guest, clock, file] = [createFakeGuest(SIZES), steppedClock(), collector()];
  const recording = recordDirtyLog(guest, { clock, write: file.write, periods: [10], ...limit });
  await clock.run(1000);
  expect(await recording.done).toEqual({ epochs, bytes: file.bytes().length });
  expect(read(file.bytes())).toMatchObject({ end: "ended", epochs: { length: epochs } });
  expect(guest.isLogged()).toBe(false);
});

test("pages of zeros are noted before the first epoch", async () => {
  const [guest, clock, file] = [createFakeGuest(SIZES), steppedClock(), collector()];
  guest.write(0, 3);
  guest.write(2, 199);
  const recording = recordDirtyLog(guest, { clock, write: file.write, periods: [10], epochs: 1 });
  await clock.run(20);
  await recording.done;
  const log = read(file.bytes());
  expect(countPages(log.zero ?? new Uint32Array())).toBe(269);
  expect([...(log.zero ?? [])]).toEqual([0, 3, 4, 70, 70, 71, 71, 270]);
});

test("what was written before a write failed is a log, and the guest's log is off", async () => {
  const [guest, clock, file] = [createFakeGuest(SIZES), steppedClock(), collector()];
  let records = 0;
  const write = (bytes: Uint8Array): Promise<void> => (++records > 4 ? Promise.reject(new Error("full")) : file.write(bytes));
  const recording = recordDirtyLog(guest, { clock, write, periods: [10] });
  const failed = expect(recording.done).rejects.toThrow("full");
  await clock.run(100);
  await failed;
  expect(guest.isLogged()).toBe(false);
  const { epochs, end } = read(file.bytes());
  expect(epochs.length).toBe(2);
  expect(end).toMatchObject({ code: "cut", message: "The log was not ended." });
});

test("A2a.1 E: 100 epochs of a guest of 1 GiB, 1 % of it dirty in each, take less than 1 MB", () => {
  const pages = 2 ** 18;
  const writer = new DirtyLogWriter([{ id: "pc.ram", size: pages * 4096, pageSize: 4096 }]);
  let [state, bytes] = [SEED | 1, writer.header().length];
  for (let epoch = 1; epoch <= 100; epoch++) {
    const bitmap = new Uint32Array(pages / 32);
    for (let count = 0; count < pages / 100; ) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const page = state >>> 14;
      if ((((bitmap[page >>> 5] as number) >>> (page & 31)) & 1) === 1) continue;
      bitmap[page >>> 5] = (bitmap[page >>> 5] as number) | (1 << (page & 31));
      count++;
    }
    bytes += writer.epoch(epoch * 100, 100, [bitmap]).length;
  }
  console.log(`A2a.1: 1 GiB, 100 epochs, 2621 scattered pages in each: ${bytes} bytes`);
  expect(bytes).toBeLessThan(1e6);
});

/** A small log with everything in it, and where its records begin. */
function sample(): { readonly bytes: Uint8Array; readonly starts: readonly number[] } {
  const writer = new DirtyLogWriter([
    { id: "pc.ram", size: 300 * 4096, pageSize: 4096 },
    { id: "vga.vram", size: 40 * 4096, pageSize: 4096 },
  ]);
  const bitmaps = [new Uint32Array(10).fill(0x00ff0f01), new Uint32Array(2)];
  const pieces = [writer.header()].map((each) => each.slice());
  pieces.push(writer.zero(bitmaps).slice(), writer.epoch(10, 10, bitmaps).slice());
  pieces.push(writer.epoch(35.5, 25.5, [new Uint32Array(10), new Uint32Array(2).fill(-1)]).slice(), writer.end().slice());
  const starts = pieces.map((_, index) => pieces.slice(0, index).reduce((sum, { length }) => sum + length, 0));
  return { bytes: Buffer.concat(pieces), starts };
}

test("a log that is cut at any byte reads up to the last whole epoch, and says where it ends", () => {
  const { bytes, starts } = sample();
  const whole = read(bytes);
  expect(whole).toMatchObject({ end: "ended", epochs: [{ at: 10 }, { at: 35.5, milliseconds: 25.5 }] });
  expect([...(whole.epochs[1]?.runs ?? [])]).toEqual([300, 340]);
  const [, , first = 0, second = 0, end = 0] = starts;
  for (let length = 0; length < bytes.length; length++) {
    const cut = bytes.subarray(0, length);
    if (length < (starts[1] ?? 0)) expect(() => read(cut)).toThrow(DirtyLogError);
    else {
      const log = read(cut);
      expect(log.epochs.length).toBe(length < second ? 0 : length < end ? 1 : 2);
      expect(log.end).toMatchObject({ code: "cut", at: length });
    }
  }
  expect(first).toBeGreaterThan(0);
});

test("a changed byte ends the log before its record, or is refused with its offset", () => {
  const { bytes, starts } = sample();
  for (let at = 0; at < bytes.length; at++) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] as number) ^ 0x41;
    let log: DirtyLog;
    try {
      log = read(changed);
    } catch (error) {
      expect(error, String(at)).toBeInstanceOf(DirtyLogError);
      expect(at, String(error)).toBeLessThan(starts[1] as number);
      continue;
    }
    expect(log.end).not.toBe("ended");
    const record = starts.findLastIndex((start) => start <= at);
    expect(log.epochs.length).toBe(Math.max(0, record - 2));
  }
});

test.each<[string, (writer: DirtyLogWriter) => Uint8Array, RegExp, string]>([
  ["no log", () => Buffer.from("QEVM\0\0\0\x03"), /does not begin with VMDIRTY/, "header/magic"],
  ["another version", (writer) => changed(writer.header(), 11, 2), /version 2; version 1 is read/, "header/version"],
  ["no power of two", (writer) => changed(writer.header(), 15, 3), /Pages have 4099 bytes/, "header/pageSize"],
  ["too many blocks", (writer) => changed(writer.header(), 16, 0xff), /There are 4278190081 blocks/, "header/blocks"],
  ["too many pages", (writer) => changed(writer.header(), 27, 0xf0), /There are more than 4294967295 pages/, "header/blocks[0].size"],
  ["half a page", (writer) => changed(writer.header(), 34, 1), /not whole pages/, "header/blocks[0].size"],
])("a header is refused: %s", (_, make, sentence, path) => {
  const bytes = make(new DirtyLogWriter([{ id: "pc.ram", size: 1 << 20, pageSize: 4096 }])).slice();
  expect(() => read(bytes)).toThrow(sentence);
  expect(() => read(bytes)).toThrow(expect.objectContaining({ path }));
});

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = value;
  return copy;
}

test.each<[string, readonly number[], RegExp]>([
  ["a page behind the block", [0, 0, 1, 64], /ends at page 33 of a block of 32/],
  ["a run over the block's end", [0, 0, 1, 61, 1], /ends at page 33 of a block of 32/],
  ["runs that touch", [0, 0, 2, 0, 0], /Two runs touch/],
  ["more runs than bytes", [0, 0, 200, 1], /200 runs do not fit/],
  ["a number that goes on", [0, 0, 0x80], /ends behind its record/],
  ["a number of 56 bits", [0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 1], /more than 53 bits/],
  ["bytes left over", [0, 0, 0, 0], /left over/],
  ["a time that it has not", [0, 100, 0], /longer than the time/],
])("an epoch with a true checksum is refused: %s", (_, body, sentence) => {
  const header = new DirtyLogWriter([{ id: "pc.ram", size: 1 << 17, pageSize: 4096 }]).header().slice();
  const record = Buffer.from([2, 0, 0, 0, body.length, ...body, 0, 0, 0, 0]);
  record.writeUInt32BE(crc32(record.subarray(0, -4)), record.length - 4);
  const { end, epochs } = read(Buffer.concat([header, record]));
  expect(epochs).toEqual([]);
  expect(end).toMatchObject({ code: "damaged", message: expect.stringMatching(sentence) });
});

test("a length is not believed, and there is a limit", () => {
  const header = new DirtyLogWriter([{ id: "pc.ram", size: 2 ** 40, pageSize: 4096 }]).header().slice();
  const before = process.memoryUsage().arrayBuffers;
  const claims = Buffer.concat([header, Uint8Array.of(2, 0xff, 0xff, 0xff, 0xff, 1, 2, 3)]);
  expect(read(claims).end).toMatchObject({ code: "cut", at: claims.length });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 << 20);
  const writer = new DirtyLogWriter([{ id: "pc.ram", size: 1 << 17, pageSize: 4096 }]);
  const epochs = Array.from({ length: 100 }, (_, at) => writer.epoch(at + 1, 1, [Uint32Array.of(0x55555555)]).slice());
  const log = Buffer.concat([writer.header().slice(), ...epochs]);
  expect(() => readDirtyLog(sourceOfBytes(log), { maxInput: 1000 })).toThrow(/more than 1000 bytes/);
  expect(readDirtyLog(sourceOfBytes(log), { maxInput: log.length }).epochs.length).toBe(100);
});

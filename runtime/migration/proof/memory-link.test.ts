import { expect, test } from "vitest";
import type { Channel } from "../../transport/channel.ts";
import { sleep } from "../clock.ts";
import { drawFaults, type FaultPlan, seededNumbers } from "./link-faults.ts";
import { type LinkOptions, memoryLink } from "./memory-link.ts";
import { VirtualClock } from "./virtual-clock.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? "1");

function numbered(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => at * 7 + (at >> 8));
}

interface Read {
  /** In hexadecimal: quickly compared. */
  readonly bytes: string;
  readonly time: number;
  readonly ended: string;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** What the reader has in the end, when, and what it ended with. */
async function readAll(clock: VirtualClock, channel: Channel): Promise<Read> {
  const pieces: Uint8Array[] = [];
  const into = new Uint8Array(10_000);
  try {
    for (let n = await channel.read(into); n > 0; n = await channel.read(into)) pieces.push(into.slice(0, n));
    return { bytes: hex(Buffer.concat(pieces)), time: clock.now(), ended: "end" };
  } catch (error) {
    return { bytes: hex(Buffer.concat(pieces)), time: clock.now(), ended: (error as { code: string }).code };
  }
}

async function sendOver(options: LinkOptions, bytes: Uint8Array) {
  const clock = new VirtualClock();
  const { ends } = memoryLink(clock, options);
  const [source, destination] = ends;
  const writing = source.write(bytes).then(
    () => source.end().then(() => "written"),
    (error: { code: string }) => error.code,
  );
  const reading = readAll(clock, destination);
  const late = sleep(clock, 100_000).then(() => "never" as const);
  const [wrote, read] = await clock.run(Promise.all([Promise.race([writing, late]), Promise.race([reading, late])]));
  return { wrote, read, ends, clock };
}

test("a line takes its latency, and the time that the bytes take on it", async () => {
  const bytes = numbered(1_024_000);
  const { wrote, read } = await sendOver({ latency: 5, bandwidth: 1024 }, bytes);
  expect(wrote).toBe("written");
  expect(read).toEqual({ bytes: hex(bytes), time: 1005, ended: "end" });
});

test.each([{ latency: 0 }, { latency: 3 }])("who writes waits for who reads, with a latency of $latency ms", async ({ latency }) => {
  const clock = new VirtualClock();
  const { ends, carried } = memoryLink(clock, { latency, bandwidth: 1000, buffer: 20_000 });
  let written = 0;
  const writing = (async () => {
    for (let i = 0; i < 100; i++) {
      await ends[0].write(new Uint8Array(5000));
      written += 5000;
    }
  })();
  await clock.advance(10_000);
  expect(carried.there).toBeLessThanOrEqual(60_000);
  expect(written).toBeLessThanOrEqual(80_000);
  ends[0].destroy();
  await expect(writing).rejects.toMatchObject({ name: "ChannelError", code: "closed" });
});

test.each([{ latency: 0 }, { latency: 2 }])("a line that is cut gives what came before, latency $latency ms", async ({ latency }) => {
  const bytes = numbered(300_000);
  for (const at of [0, 1, 16_384, 100_001]) {
    const { wrote, read, ends } = await sendOver({ latency, faults: { there: [{ kind: "cut", at }] } }, bytes);
    expect([wrote, read]).toEqual(["broken", { bytes: hex(bytes.subarray(0, at)), time: expect.any(Number), ended: "broken" }]);
    await expect(ends[1].write(bytes)).rejects.toMatchObject({ code: "broken" });
    await expect(ends[0].read(new Uint8Array(1))).rejects.toMatchObject({ code: "broken" });
  }
});

test("a stall is waited out, and one for ever is never told", async () => {
  const bytes = numbered(300_000);
  const fault = { kind: "stall", at: 1000 } as const;
  const short = await sendOver({ faults: { there: [{ ...fault, milliseconds: 40 }] } }, bytes);
  expect(short.read).toEqual({ bytes: hex(bytes), time: 40, ended: "end" });
  const { wrote, read } = await sendOver({ faults: { there: [{ ...fault, milliseconds: Number.POSITIVE_INFINITY }] } }, bytes);
  expect([wrote, read]).toEqual(["never", "never"]);
});

test("what goes to a dead peer is written well and never comes", async () => {
  const { wrote, read } = await sendOver({ latency: 1, faults: { there: [{ kind: "drop", at: 5 }] } }, numbered(300_000));
  expect([wrote, read]).toEqual(["written", "never"]);
});

test("one byte is changed, wherever it is", async () => {
  const bytes = numbered(40_000);
  for (const at of [0, 9, 16_384, 39_999]) {
    const { read } = await sendOver({ faults: { there: [{ kind: "corrupt", at, bits: 0x81 }] } }, bytes);
    const expected = Buffer.from(bytes);
    expected[at] = (expected[at] ?? 0) ^ 0x81;
    expect(read).toMatchObject({ bytes: hex(expected), ended: "end" });
  }
});

test("faults of the way back are of the way back", async () => {
  const clock = new VirtualClock();
  const { ends } = memoryLink(clock, { latency: 1, faults: { back: [{ kind: "cut", at: 2 }] } });
  await ends[0].write(numbered(3));
  await clock.run(ends[1].read(new Uint8Array(3)));
  await ends[1].write(numbered(3));
  expect((await clock.run(readAll(clock, ends[0]))).bytes).toBe("0007");
});

test.each(["destroyed", "cut"])("whoever waits when a link is %s is told so", async (how) => {
  const clock = new VirtualClock();
  const link = memoryLink(clock, { latency: 4, bandwidth: 100 });
  const [source, destination] = link.ends;
  const outcomes = Promise.all(
    [source.write(new Uint8Array(1 << 20)), destination.write(new Uint8Array(1 << 20)), source.read(new Uint8Array(1))].map((waiting) =>
      waiting.then(
        () => "done",
        (error: { code: string }) => error.code,
      ),
    ),
  );
  if (how === "cut") link.cut();
  else source.destroy();
  expect(await clock.run(outcomes)).toEqual(how === "cut" ? ["broken", "broken", "broken"] : ["closed", "broken", "closed"]);
  expect((await clock.run(readAll(clock, destination))).ended).toBe("broken");
});

test("the same seed is the same plan, and all kinds of faults are drawn", () => {
  const plans = (): FaultPlan[] => {
    const random = seededNumbers(SEED);
    return Array.from({ length: 200 }, () => drawFaults(random, { there: 1000, back: 30 }));
  };
  expect(plans(), `seed ${SEED}`).toEqual(plans());
  const kinds = new Set(
    plans().flatMap(({ there = [], back = [] }) => [...there.map((f) => `there ${f.kind}`), ...back.map((f) => `back ${f.kind}`)]),
  );
  expect(kinds.size, `seed ${SEED}`).toBe(8);
});

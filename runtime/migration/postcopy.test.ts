import fc from "fast-check";
import { expect, test } from "vitest";
import type { RamBlock } from "../guest/guest.ts";
import type { Arrival } from "./destination/destination.ts";
import type { MoveEvent } from "./events.ts";
import { readRecord } from "./hand-over/record-folder.ts";
import { type Resolved, resolve } from "./hand-over/run-resolve.ts";
import type { Fault } from "./proof/link-faults.ts";
import { type SmallMove, type SmallMoveOptions, smallMove } from "./proof/small-move.ts";
import { RamReceiver } from "./ram-receiver.ts";
import type { Outcome } from "./source/source.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? "1");

/** A guest that makes pages dirty faster than the line carries them. */
const LINE = { latency: 1, bandwidth: 1024 };
const BUSY: SmallMoveOptions = {
  pages: 256,
  links: [LINE],
  guest: { rate: 2000, seed: SEED },
  policy: "none",
  parameters: { postcopy: true, downtimeLimit: 20 },
};
/** In the middle of the first pass, in ms. */
const FIRST_PASS = 300;

type Moved = SmallMove & { readonly left: Outcome; readonly arrived: Arrival };

function begin(options: SmallMoveOptions, after = FIRST_PASS): SmallMove {
  const move = smallMove({ ...BUSY, ...options });
  move.clock.after(after, move.source.startPostcopy);
  return move;
}

async function end(move: SmallMove): Promise<Moved> {
  const [left, arrived] = await move.clock.run(move.both, { limit: 600_000 });
  return { ...move, left, arrived };
}

async function expectWhole({ from, to, left, arrived }: Moved): Promise<void> {
  expect([left.error, arrived.error]).toEqual([undefined, undefined]);
  expect([left.status, arrived.status]).toEqual(["completed", "completed"]);
  expect([from.isRunning, to.isRunning]).toEqual([false, true]);
  await to.pause();
  expect(to.verify()).toMatchObject({ bad: [], lostWrites: 0n });
  expect(to.progress()).toBeGreaterThan(from.progress());
}

/** When the guest runs at the destination, where nothing goes wrong. */
async function ranIn(options: SmallMoveOptions, after?: number): Promise<number> {
  return timeOf((await end(begin(options, after))).events.destination, "RESUME");
}

const statuses = (events: readonly MoveEvent[]): readonly string[] =>
  events.flatMap((each) => (each.event === "MIGRATION" ? [each.status] : []));
const timeOf = (events: readonly MoveEvent[], what: string): number =>
  events.find((each) => each.event === what || (each.event === "MIGRATION" && each.status === what))?.at ?? Number.NaN;
const ramOf = ({ source }: SmallMove): Readonly<Record<string, number>> => source.query().ram as Record<string, number>;

test.each([true, false])("a guest goes in the middle of the first pass, and asks for what it needs; footers %s", async (footers) => {
  const move = await end(begin({ footers, counts: [4, 5, 6] }));
  await expectWhole(move);
  const { source, destination } = move.events;
  expect(statuses(source)).toEqual(["setup", "active", "device", "postcopy-active", "completed"]);
  expect(source.filter(({ event }) => event === "MIGRATION_PASS")).toHaveLength(1);
  expect(timeOf(destination, "RESUME")).toBeLessThan(timeOf(source, "completed") - 200);
  // The package and the hand-over go to and fro, and wait for nothing else.
  expect(move.left.pause?.milliseconds).toBeLessThan(8);
  const ram = ramOf(move);
  expect(ram["postcopy-requests"]).toBeGreaterThan(3);
  expect(ram["postcopy-bytes"]).toBeGreaterThan(40 * 4096);
  expect(ram.remaining).toBe(0);
  expect(ram.transferred).toBeLessThanOrEqual(move.links[0]?.carried.there ?? 0);
});

test("devices arrive as they were when the guest was paused", async () => {
  const move = begin({ counts: [7, 8, 9, 10] });
  const saved: unknown[] = [];
  overhear(move, { started: () => saved.push(...move.to.devices.map(({ state }) => ({ ...(state as object) }))) });
  await end(move);
  expect(saved).toEqual(move.from.devices.map(({ state }) => state));
});

interface Heard {
  readonly started?: () => void;
  readonly fault?: (page: number) => void;
  readonly placed?: (page: number, block: number) => void;
}

/** Hears what the destination and its guest say to each other. */
function overhear({ to }: SmallMove, { started, fault: heard, placed }: Heard): void {
  const { postcopy } = to;
  if (postcopy === undefined) throw new Error("The guest cannot run without a part of its memory.");
  Object.assign(to, {
    postcopy: {
      ...postcopy,
      start: (missing: readonly Uint32Array[], fault: (block: number, page: number) => void) => {
        started?.();
        postcopy.start(missing, (block, page) => {
          heard?.(page);
          fault(block, page);
        });
      },
      placed: (block: number, page: number) => {
        placed?.(page, block);
        postcopy.placed(block, page);
      },
    },
  });
}

test("a page that is asked for comes before those that nobody waits for, and each comes once", async () => {
  const move = begin({ pages: 1024, guest: { rate: 2000, seed: SEED, workload: { name: "hot-and-cold" } } }, 900);
  const asked = new Map<number, number>();
  const waits: number[] = [];
  const came: string[] = [];
  overhear(move, {
    fault: (page) => asked.set(page, move.clock.now()),
    placed: (page, block) => {
      came.push(`${block}/${page}`);
      if (block === 0 && asked.has(page)) waits.push(move.clock.now() - (asked.get(page) as number));
    },
  });
  await expectWhole(await end(move));
  expect(new Set(came).size).toBe(came.length);
  expect(waits.length).toBe(asked.size);
  // The memory takes the line some 1500 ms. A page that is asked for waits for what is on the line already, and for its own bytes.
  expect(Math.max(...waits)).toBeLessThan(100);
  expect(timeOf(move.events.source, "completed") - timeOf(move.events.destination, "RESUME")).toBeGreaterThan(1000);
});

test("with nothing left to send the guest goes all the same", async () => {
  const move = begin({ parameters: { postcopy: true, pauseBeforeSwitchover: true, downtimeLimit: 1 } }, 3000);
  move.clock.after(3000, move.source.goOn);
  await move.clock.run(move.from.pause());
  const whole = await end(move);
  expect(ramOf(move)).toMatchObject({ "postcopy-bytes": 0, "postcopy-requests": 0 });
  expect(statuses(move.events.source)).toContain("postcopy-active");
  await expectWhole(whole);
});

test("pages go whole, though the precopy has begun to send differences", async () => {
  const guest = { workload: { name: "byte-a-page" }, rate: 20_000, seed: SEED } as const;
  const parameters = { postcopy: true, downtimeLimit: 1, xbzrleCacheSize: 1 << 20 };
  const move = await end(begin({ guest, parameters, pages: 128 }, 800));
  await expectWhole(move);
  expect(move.events.source.filter(({ event }) => event === "MIGRATION_PASS")).toHaveLength(2);
  expect(statuses(move.events.source)).toContain("postcopy-active");
  expect(move.source.query()["xbzrle-cache"]).toMatchObject({ "cache-miss": expect.toSatisfy((misses: number) => misses > 40), pages: 0 });
});

test("a connection that breaks in post-copy is made again; meanwhile the guest waits for missing pages alone", async () => {
  // What the guest works on is little, and soon there.
  const guest = { rate: 2000, seed: SEED, workingSet: { first: 3, pages: 3 } };
  const ran = await ranIn({ guest });
  const move = begin({ links: [LINE, { ...LINE, faults: { there: [{ at: 20_000, kind: "cut" }] } }, LINE], guest });
  move.clock.after(ran + 50, () => move.links[0]?.cut());
  const work: bigint[] = [];
  for (const after of [200, 900]) move.clock.after(ran + after, () => work.push(move.to.progress()));
  await expectWhole(await end(move));
  expect(Number((work[1] as bigint) - (work[0] as bigint))).toBeGreaterThan(1300);
  const again = ["postcopy-paused", "postcopy-recover", "postcopy-active"];
  expect(statuses(move.events.source)).toEqual(["setup", "active", "device", "postcopy-active", ...again, ...again, "completed"]);
  expect(move.links).toHaveLength(3);
});

test("what was waited for when the connection broke is asked for again, and comes first", async () => {
  const ran = await ranIn({});
  const move = begin({});
  const waited = new Set<number>();
  const came: string[] = [];
  overhear(move, {
    fault: (page) => waited.add(page),
    placed: (page, block) => {
      if (block === 0) waited.delete(page);
      if (move.links.length === 2) came.push(`${block}/${page}`);
    },
  });
  let wanted: readonly number[] = [];
  move.clock.after(ran + 41, () => {
    wanted = [...waited];
    move.links[0]?.cut();
  });
  await expectWhole(await end(move));
  expect(wanted).toHaveLength(1);
  expect(came[0]).toBe(`0/${wanted[0]}`);
});

test("a connection that breaks before the grant leaves the guest at the source, with the destination loading and ready", async () => {
  const reference = await end(begin({}));
  const paused = timeOf(reference.events.source, "STOP");
  const ran = timeOf(reference.events.destination, "RESUME");
  for (const at of [paused + 0.5, ran - 2.5]) {
    const move = begin({});
    move.clock.after(at, () => move.links[0]?.cut());
    const left = await move.clock.run(move.source.outcome, { limit: 60_000 });
    expect([left.status, left.error?.code]).toEqual(["failed", "connection"]);
    expect(readRecord(move.folders.destination).state).toBe(at === ran - 2.5 ? "ready" : "loading");
    await expectLeft(move, "source");
  }
});

/** The side that is named runs the guest whole, and the other does not. */
async function expectLeft(move: SmallMove, side: "source" | "destination"): Promise<Resolved> {
  const { clock, folders } = move;
  const resolved = await clock.run(resolve({ ...folders, clock, timeout: 1000 }), { limit: 120_000 });
  expect(resolved.outcome).toBe(side);
  const arrived = await clock.run(move.destination.outcome, { limit: 120_000 });
  expect(arrived.status).toBe(side === "source" ? "failed" : "completed");
  const { from, to } = move;
  expect([from.isRunning, to.isRunning]).toEqual([side === "source", side === "destination"]);
  const guest = side === "source" ? from : to;
  await clock.run(guest.pause());
  expect(guest.verify()).toMatchObject({ bad: [], lostWrites: 0n });
  move.forget();
  return resolved;
}

test("a connection that breaks between the grant and the guest's first work there is made again", async () => {
  const ran = await ranIn({});
  for (const at of [ran - 0.5, ran + 0.5]) {
    const move = begin({});
    move.clock.after(at, () => move.links[0]?.cut());
    await expectWhole(await end(move));
    const [, , , doubt, recover] = statuses(move.events.source);
    expect([doubt, recover]).toEqual(["in-doubt", "postcopy-recover"]);
  }
});

test("a source that dies behind the switch takes memory with it: the guest is lost, and that is said", async () => {
  const move = begin({});
  const { clock, folders, to } = move;
  const ran = await ranIn({});
  let isThere = false;
  void move.destination.outcome.then(() => {
    isThere = true;
  });
  await clock.advance(ran + 30);
  move.ends.source.kill();
  await clock.advance(20_000);
  expect([to.isRunning, readRecord(folders.destination).state]).toEqual([true, "holds-postcopy"]);
  const stuck = to.progress();
  await clock.advance(5000);
  expect([to.progress(), isThere]).toEqual([stuck, false]);
  for (const source of [folders.source, undefined]) {
    const known = { destination: folders.destination, ...(source === undefined ? {} : { source }) };
    const { outcome, steps } = await clock.run(resolve({ ...known, dead: "source", clock, timeout: 1000 }));
    expect([outcome, steps]).toEqual(["lost", []]);
  }
  move.forget();
});

test("a move in post-copy is not to be cancelled", async () => {
  const ran = await ranIn({});
  const move = begin({});
  move.clock.after(ran + 50, move.source.cancel);
  await expectWhole(await end(move));
  expect(statuses(move.events.source)).not.toContain("cancelling");
});

test("a destination whose guest needs all of its memory refuses before a byte of it is sent", async () => {
  const move = begin({});
  Object.assign(move.to, { postcopy: undefined });
  const { left, arrived } = await end(move);
  expect([left.status, arrived.status]).toEqual(["failed", "failed"]);
  expect(left.error).toMatchObject({ code: "refused-by-peer", phase: "hello" });
  expect(move.from.isRunning).toBe(true);
});

test("nobody goes before his memory who did not say before that he might", async () => {
  const move = await end(begin({ parameters: { postcopy: false, downtimeLimit: 300 }, guest: { rate: 20 } }));
  expect(statuses(move.events.source)).not.toContain("postcopy-active");
  expect(move.left.status).toBe("completed");
});

test("in post-copy nothing overwrites a page that is there, and zeros are placed over what was old", () => {
  const block: RamBlock = { id: "pc.ram", size: 4 * 4096, pageSize: 4096, bytes: new Uint8Array(4 * 4096) };
  const ram = new RamReceiver([block]);
  const bytes = new Uint8Array(4096);
  const come = (page: number, fill: number): void => {
    const record = { kind: fill === 0 ? "zero" : "page", block: "pc.ram", offset: page * 4096, pageSize: 4096, from: 0, to: 4096 };
    ram.page(record as Parameters<RamReceiver["page"]>[0], bytes.fill(fill));
  };
  for (const page of [0, 1, 2]) come(page, 1);
  ram.forget("pc.ram", 4096, 2 * 4096);
  expect([[...ram.missing("pc.ram")], ram.missingPages]).toEqual([[0b1110, 0], 3]);
  const placed: number[] = [];
  ram.placed = (_, page) => placed.push(page);
  for (const [page, fill] of [
    [0, 9],
    [1, 0],
    [2, 7],
    [1, 9],
    [2, 0],
  ] as const)
    come(page, fill);
  const series = { block: "pc.ram", offset: 4096, pageSize: 4096, pages: 3, from: 0, stride: 4096 };
  ram.pages(series as Parameters<RamReceiver["pages"]>[0], new Uint8Array(3 * 4096).fill(5));
  expect([0, 1, 2, 3].map((page) => block.bytes[page * 4096 + 17])).toEqual([1, 0, 7, 5]);
  expect([placed, ram.missingPages]).toEqual([[1, 2, 3], 0]);
  for (const [start, length] of [
    [1, 4096],
    [0, 4095],
    [3 * 4096, 2 * 4096],
  ] as const)
    expect(() => ram.forget("pc.ram", start, length)).toThrow("no whole pages");
});

const fault = fc.record({
  direction: fc.constantFrom<"there" | "back">("there", "back"),
  // Behind the first words: without them there is but one side.
  share: fc.double({ min: 0.01, max: 1, noNaN: true }),
  kind: fc.constantFrom<"cut" | "drop" | "stall">("cut", "drop", "stall"),
});

test("wherever connections break, one side has the guest, whole", async () => {
  const reference = await end(begin({ pages: 32 }, 60));
  const extent = reference.links[0]?.carried ?? { there: 0, back: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 140 }), async (faults, after) => {
      const links = faults.map(({ direction, share, kind }) => {
        const at = Math.floor(share * extent[direction]);
        const what: Fault = kind === "stall" ? { at, kind, milliseconds: 700 } : { at, kind };
        return { ...LINE, faults: { [direction]: [what] } };
      });
      const move = begin({ links: [...links, LINE], pages: 32 }, after);
      const { clock, from, to } = move;
      const look = (): void => {
        if (from.isRunning && to.isRunning) throw new Error("The guest runs twice.");
        clock.after(2, look);
      };
      look();
      const { status } = await clock.run(move.source.outcome, { limit: 120_000 });
      expect(["completed", "failed"]).toContain(status);
      await expectLeft(move, status === "completed" ? "destination" : "source");
    }),
    { seed: SEED, numRuns: Number(process.env.VMSTATE_FAULTS ?? "40") },
  );
}, 120_000);

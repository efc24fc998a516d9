import { expect, test } from "vitest";
import type { Arrival } from "./destination/destination.ts";
import type { MoveEvent } from "./events.ts";
import { changeRecord } from "./hand-over/record-folder.ts";
import { type SmallMove, type SmallMoveOptions, smallMove } from "./proof/small-move.ts";
import type { Outcome } from "./source/source.ts";

async function moved(options: SmallMoveOptions = {}): Promise<SmallMove & { readonly left: Outcome; readonly arrived: Arrival }> {
  const move = smallMove(options);
  const [left, arrived] = await move.clock.run(move.both, { limit: 600_000 });
  return { ...move, left, arrived };
}

async function expectWhole({ from, to, left, arrived }: Awaited<ReturnType<typeof moved>>): Promise<void> {
  expect([left.error, arrived.error]).toEqual([undefined, undefined]);
  expect([left.status, arrived.status]).toEqual(["completed", "completed"]);
  expect([from.isRunning, to.isRunning]).toEqual([false, true]);
  await to.pause();
  expect(to.verify()).toMatchObject({ bad: [], lostWrites: 0n });
}

/** The guest runs where it was, and nothing of it is lost. */
async function expectKept({ clock, from, to, left, arrived }: Awaited<ReturnType<typeof moved>>): Promise<void> {
  expect([left.status, arrived.status]).toEqual(["failed", "failed"]);
  expect([from.isRunning, to.isRunning]).toEqual([true, false]);
  await clock.run(from.pause());
  expect(from.verify()).toMatchObject({ bad: [], lostWrites: 0n });
}

const told = (events: readonly MoveEvent[]): readonly string[] =>
  events.map((each) => (each.event === "MIGRATION" ? each.status : each.event === "clean-up" ? `clean-up ${each.done}` : each.event));

test.each([true, false])("a guest that works is moved whole, footers %s", async (footers) => {
  await expectWhole(await moved({ footers }));
});

test("devices arrive as they were when the guest was paused", async () => {
  const { from, to } = await moved({ counts: [7, 8, 9, 10] });
  expect(to.devices.map(({ state }) => state)).toEqual(from.devices.map(({ state }) => state));
  expect(to.devices.map(({ state }) => (state as { count: number }).count)).toEqual([7, 8, 9, 10]);
});

test("events come in QEMU's order, and nothing is cleaned up before the guest runs", async () => {
  const { events } = await moved();
  const source = told(events.source).filter((each) => each !== "MIGRATION_PASS" && each !== "slowing");
  expect(source).toEqual(["setup", "active", "STOP", "device", "completed", "pause", "clean-up false", "clean-up true"]);
  const ran = events.destination.find(({ event }) => event === "RESUME")?.at ?? Number.NaN;
  const cleaned = events.source.find(({ event }) => event === "clean-up")?.at ?? Number.NaN;
  expect(ran).toBeLessThan(cleaned);
});

test("the pause is one row of spans, from the guest's last work to its first", async () => {
  const { events, left } = await moved({ links: [{ latency: 3, bandwidth: 256 }] });
  const stopped = events.source.find(({ event }) => event === "STOP")?.at ?? Number.NaN;
  const ran = events.destination.find(({ event }) => event === "RESUME")?.at ?? Number.NaN;
  const { milliseconds = 0, spans = [] } = left.pause ?? {};
  const [first] = spans;
  expect([first?.phase, (first?.to ?? 0) - stopped]).toEqual(["pause", 0]);
  expect(milliseconds).toBeCloseTo(ran - (first?.from ?? 0), 6);
  for (const [n, span] of spans.entries()) if (n > 0) expect(span.from).toBeCloseTo(spans[n - 1]?.to ?? Number.NaN, 9);
  expect(spans.filter(({ phase }) => phase === "save").map(({ device }) => device)).toEqual(
    spans.filter(({ phase }) => phase === "load").map(({ device }) => device),
  );
  expect(spans.filter(({ actor }) => actor === "wire").length).toBeGreaterThan(1);
});

test("bytes are counted by when they went, over every connection", async () => {
  const cut = { latency: 1, bandwidth: 256, faults: { there: [{ at: 60_000, kind: "cut" as const }] } };
  const move = await moved({ links: [cut, { latency: 1, bandwidth: 256 }], guest: { rate: 500 } });
  await expectWhole(move);
  const ram = move.source.query().ram as Readonly<Record<string, number>>;
  expect(ram["downtime-bytes"]).toBeGreaterThan(4096);
  expect(ram["precopy-bytes"]).toBeGreaterThan(72 * 4096 - 8 * 4096);
  expect(ram.transferred).toBe((ram["precopy-bytes"] ?? 0) + (ram["downtime-bytes"] ?? 0));
  expect(ram.transferred).toBeGreaterThan(move.links[1]?.carried.there ?? 0);
});

test("a guest that stands still is moved, and stands still", async () => {
  const move = smallMove();
  await move.clock.run(move.from.pause());
  const [left] = await move.clock.run(move.both);
  expect(left.status).toBe("completed");
  expect(move.to.isRunning).toBe(true);
});

test("xbzrle: pages that change little go as differences", async () => {
  const move = await moved({
    guest: { workload: { name: "byte-a-page" }, rate: 20_000 },
    links: [{ latency: 1, bandwidth: 300 }],
    policy: "none",
    parameters: { xbzrleCacheSize: 1 << 20, downtimeLimit: 30 },
    pages: 128,
  });
  await expectWhole(move);
  expect(move.source.query()).toMatchObject({ "xbzrle-cache": { "cache-size": 1 << 20 } });
  expect((move.source.query()["xbzrle-cache"] as { pages: number }).pages).toBeGreaterThan(100);
});

test("a connection that breaks while the guest runs is made again, and no page is lost", async () => {
  const cuts = [40_000, 60_000, 80_000].map((at) => ({ latency: 1, bandwidth: 256, faults: { there: [{ at, kind: "cut" as const }] } }));
  const move = await moved({ links: [...cuts, { latency: 1, bandwidth: 256 }], guest: { rate: 500 } });
  await expectWhole(move);
  expect(move.links).toHaveLength(4);
  expect(told(move.events.source).filter((each) => each === "retry")).toHaveLength(3);
});

test("a device that the destination refuses is named with its field, and the guest runs on", async () => {
  const move = await moved({ counts: [1, 666, 3] });
  await expectKept(move);
  expect(move.left.error).toMatchObject({ code: "refused-by-peer", phase: "load", path: "timer/count" });
  expect(move.left.error?.message).toContain("0000:00:01.0/timer");
  expect(move.arrived.error).toMatchObject({ code: "device", role: "destination", path: "timer/count" });
  expect(told(move.events.source).at(-1)).toBe("clean-up true");
  // All of them are as they were: none is taken before every one can be.
  expect(move.to.devices.map(({ state }) => (state as { count: number }).count)).toEqual([0, 0, 0]);
});

test("another machine, or another size of its memory, is refused before a byte of it is sent", async () => {
  const larger = await moved({ excess: 1 });
  await expectKept(larger);
  expect(larger.left.error).toMatchObject({ code: "refused-by-peer", phase: "hello", path: "ram/pc.ram" });
  expect(larger.links[0]?.carried.there).toBeLessThan(2000);
});

test("metadata is compared before a byte of memory is sent, and the checker's word is passed on", async () => {
  const metadata = { hash: "a", text: async () => "ours" };
  const judge = async (text: string) =>
    text === "ours" ? { code: "incompatible", path: "e1000/mac_reg", message: "Section 'e1000' is incompatible." } : undefined;
  const move = await moved({ source: { metadata }, destination: { metadata: { hash: "b", judge } } });
  await expectKept(move);
  expect(move.left.error).toMatchObject({ phase: "hello", path: "e1000/mac_reg", message: "Section 'e1000' is incompatible." });
  await expectWhole(await moved({ source: { metadata }, destination: { metadata: { hash: "a", judge } } }));
});

test("a move that is cancelled leaves the guest as it was", async () => {
  const move = smallMove({ links: [{ latency: 1, bandwidth: 20 }] });
  move.clock.after(500, move.source.cancel);
  const [left, arrived] = await move.clock.run(move.both, { limit: 60_000 });
  expect([left.status, left.error?.code, arrived.status]).toEqual(["cancelled", "cancelled", "failed"]);
  expect([move.from.isRunning, move.to.isRunning]).toEqual([true, false]);
  await move.clock.run(move.from.pause());
  expect(move.from.verify()).toMatchObject({ bad: [], lostWrites: 0n });
});

test("the guest waits before the switchover when it is to", async () => {
  const move = smallMove({ parameters: { pauseBeforeSwitchover: true } });
  move.clock.after(5000, move.source.goOn);
  const [left] = await move.clock.run(move.both, { limit: 60_000 });
  expect(left.status).toBe("completed");
  expect(left.pause?.spans.find(({ phase }) => phase === "pre-switchover")).toBeDefined();
  expect(told(move.events.source)).toContain("pre-switchover");
});

test("a destination that falls silent behind the pause costs the time-out, and the guest runs on", async () => {
  const whole = await moved();
  const bytes = whole.links[0]?.carried.there ?? 0;
  const move = await moved({ links: [{ latency: 1, bandwidth: 64 * 1024, faults: { there: [{ at: bytes - 60, kind: "drop" }] } }] });
  await expectKept(move);
});

test.each([1, 2, 4])("pages go over %i further connections, and arrive in their order", async (channels) => {
  const move = await moved({ parameters: { channels }, guest: { rate: 5000 }, pages: 512, links: [{ latency: 1, bandwidth: 2048 }] });
  await expectWhole(move);
  expect(move.links).toHaveLength(1 + channels);
  for (const link of move.links.slice(1)) expect(link.carried.there).toBeGreaterThan(100_000);
});

test("a page that comes again on a faster connection is not overwritten by what it held before", async () => {
  const links = [16_384, 2048, 16_384].map((bandwidth) => ({ latency: 1, bandwidth }));
  const guest = { workload: { name: "byte-a-page" }, rate: 5000 } as const;
  const parameters = { channels: 2, downtimeLimit: 2000, syncPeriod: 20 };
  await expectWhole(await moved({ parameters, guest, pages: 200, links, policy: "none" }));
});

test("a further connection that breaks costs no page", async () => {
  const broken = { latency: 1, bandwidth: 2048, faults: { there: [{ at: 300_000, kind: "cut" as const }] } };
  const move = await moved({
    parameters: { channels: 2 },
    pages: 512,
    links: [{ latency: 1, bandwidth: 2048 }, broken, { latency: 1, bandwidth: 2048 }],
  });
  await expectWhole(move);
  expect(told(move.events.source)).toContain("retry");
});

test("what cannot be together is refused", () => {
  expect(() => smallMove({ parameters: { channels: 2, postcopy: true } })).toThrow("Post-copy goes over one connection only");
  expect(() => smallMove({ parameters: { channels: 2, xbzrleCacheSize: 1 << 20 } })).toThrow("xbzrle");
});

test("a source whose record somebody has ended stands still", async () => {
  const move = smallMove({ links: [{ latency: 1, bandwidth: 20 }] });
  await move.clock.advance(200);
  expect(move.from.isRunning).toBe(true);
  changeRecord(move.folders.source, "0123456789abcdef0123456789abcdef", "holds", "done", "resolve");
  await move.clock.run(move.source.outcome, { limit: 60_000 });
  expect(move.from.isRunning).toBe(false);
  move.forget();
});

test("a long line is used to the full", async () => {
  const move = await moved({
    pages: 1024,
    links: [{ latency: 100, bandwidth: 8192, buffer: 1 << 22 }],
    parameters: { downtimeLimit: 1000, timeout: 10_000 },
  });
  await expectWhole(move);
  expect(move.source.query()["total-time"]).toBeLessThan(8000);
});

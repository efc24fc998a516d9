import { expect, test } from "vitest";
import { type Channel, ChannelError } from "../transport/channel.ts";
import type { Clock } from "./clock.ts";
import { resolve } from "./hand-over/run-resolve.ts";
import { undisturbed } from "./proof/faults.ts";
import type { LinkOptions } from "./proof/memory-link.ts";
import { type Mortal, mortal } from "./proof/mortal.ts";
import { smallMove } from "./proof/small-move.ts";

const LINE: LinkOptions = { latency: 1, bandwidth: 4096, buffer: 32 << 10 };

/** Processes, of which the source's can write nothing to any connection but its first. */
function ends(clock: Clock): { source: Mortal; destination: Mortal } {
  const source = mortal(clock);
  let connections = 0;
  const broken = (channel: Channel): Channel => ({
    ...channel,
    write: async () => {
      throw new ChannelError("broken", channel.name, `Channel ${channel.name} was broken.`);
    },
  });
  const channel = (of: Channel): Channel => source.channel(connections++ === 0 ? of : broken(of));
  return { source: { ...source, channel }, destination: mortal(clock) };
}

test("a guest that is taken back from a dead destination is told of with a reason", async () => {
  const options = { pages: 24, guest: { rate: 2000 } };
  const { there } = await undisturbed(options);
  const cut: LinkOptions = { ...LINE, faults: { there: [{ at: there - 10, kind: "cut" }] } };
  const move = smallMove({ ...options, links: [cut, LINE], ends });
  await move.clock.advance(5000);
  expect([move.from.isRunning, move.to.isRunning]).toEqual([false, false]);
  move.ends.destination.kill();
  const resolved = resolve({ source: move.folders.source, dead: "destination", clock: move.clock, timeout: 1000 });
  expect((await move.clock.run(resolved)).outcome).toBe("source");
  const left = await move.clock.run(move.source.outcome);
  expect([left.status, move.from.isRunning]).toEqual(["failed", true]);
  expect(left.error).toMatchObject({ code: "connection", role: "source" });
  expect(left.error?.phase).not.toBe("");
  move.forget();
});

test("a guest that is kept while its threads are on their way to a stop runs on", async () => {
  const whole = smallMove();
  await whole.clock.run(whole.both);
  const at = whole.events.source.find(({ event }) => event === "STOP")?.at ?? Number.NaN;
  const move = smallMove();
  // The threads take 2 ms.
  move.clock.after(at - 1, move.source.cancel);
  const [left] = await move.clock.run(move.both);
  expect([left.status, move.from.isRunning, move.to.isRunning]).toEqual(["cancelled", true, false]);
  expect(move.events.source.map(({ event }) => event)).toContain("STOP");
});

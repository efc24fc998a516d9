import { expect, test } from "vitest";
import type { PolicyName } from "./convergence/policies.ts";
import { awaitSecondPass } from "./marker.ts";
import type { Parameters } from "./parameters.ts";
import { seededNumbers } from "./proof/link-faults.ts";
import { type SmallMove, smallMove } from "./proof/small-move.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const MOVES = Number(process.env.VMSTATE_MARKERS ?? "50");

const MARKER = Uint8Array.from([0xfe, 0xed, 0x12, 0x34, 0x56, 0x78, 0xca, 0xfe]);
/** Bytes of a page that the guest leaves alone. */
const FREE = 1024 + 16;

interface Watched extends SmallMove {
  readonly isMarked: () => boolean;
  readonly watched: () => number;
  readonly passes: () => number;
  readonly isOver: () => boolean;
}

/** A guest with a marker in a page that it writes to. */
function markedMove(seed: number, parameters: Partial<Parameters>, policy: PolicyName): Watched {
  const random = seededNumbers(seed);
  const pages = 32 + Math.floor(random() * 96);
  const page = 1 + Math.floor(random() * (pages - 1));
  const move = smallMove({
    pages,
    guest: { workload: { name: random() < 0.5 ? "byte-a-page" : "sweep" }, rate: 500 + random() * 20_000, seed },
    links: [{ latency: random() * 5, bandwidth: 256 + random() * 64 * 1024 }],
    parameters,
    policy,
  });
  const at = page * 4096;
  const [from, to] = [move.from.blocks[0]?.bytes, move.to.blocks[0]?.bytes] as [Uint8Array, Uint8Array];
  from.set(MARKER, at + FREE);
  let isOver = false;
  void move.source.outcome.then(() => {
    isOver = true;
  });
  return {
    ...move,
    isMarked: () => MARKER.every((byte, n) => to[at + FREE + n] === byte),
    watched: () => from[at] as number,
    passes: () => (move.source.query().ram as { "dirty-sync-count": number })["dirty-sync-count"],
    isOver: () => isOver,
  };
}

const sentTwice = ({ source, from }: Watched): boolean => {
  const { normal, duplicate } = source.query().ram as { readonly normal: number; readonly duplicate: number };
  return normal + duplicate > from.blocks.reduce((sum, { size }) => sum + size / 4096, 0);
};

test("A0.1: the marker guarantees a second pass, whatever the guest and the connection", async () => {
  for (let seed = SEED; seed < SEED + MOVES; seed++) {
    const move = markedMove(seed, { maxBandwidth: 300_000, downtimeLimit: 1 }, "none");
    await move.clock.run(awaitSecondPass(move), { limit: 60_000 });
    expect(move.isOver(), `VMSTATE_SEED=${seed}`).toBe(false);
    move.source.set({ maxBandwidth: 0, downtimeLimit: 30_000 });
    const [left] = await move.clock.run(move.both, { limit: 600_000 });
    expect(left.status, `VMSTATE_SEED=${seed}`).toBe("completed");
    expect(move.passes(), `VMSTATE_SEED=${seed}`).toBeGreaterThanOrEqual(2);
    expect(sentTwice(move), `VMSTATE_SEED=${seed}`).toBe(true);
  }
});

test("A0.2: who counts passes instead is too late, or lets go before a page was sent twice", async () => {
  let [late, early] = [0, 0];
  for (let seed = SEED; seed < SEED + MOVES; seed++) {
    const move = markedMove(seed, {}, "writer-limit");
    let isSeen = false;
    const poll = (): void => {
      if (move.passes() < 2 && !move.isOver()) void move.clock.after(100, poll);
      else isSeen = !move.isOver();
    };
    void move.clock.after(100, poll);
    await move.clock.run(move.both, { limit: 600_000 });
    if (!isSeen) late++;
    else if (!sentTwice(move)) early++;
  }
  console.log(`marker: counting passes missed the second one in ${late + early} of ${MOVES} moves, the marker in none`);
  expect(late + early).toBeGreaterThan(0);
});

import { existsSync } from "node:fs";
import type { Verdict } from "../../guest/guest-truth.ts";
import { sleep } from "../clock.ts";
import type { Told } from "../events.ts";
import { readRecord } from "../hand-over/record-folder.ts";
import { resolve } from "../hand-over/run-resolve.ts";
import type { Fault, RandomNumber } from "./link-faults.ts";
import type { LinkOptions } from "./memory-link.ts";
import { mortal } from "./mortal.ts";
import { type SmallMove, type SmallMoveOptions, smallMove } from "./small-move.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** What is done to one move. */
export interface Harm {
  readonly faults: readonly { readonly direction: "there" | "back"; readonly connection: number; readonly fault: Fault }[];
  readonly kills: readonly { readonly end: "source" | "destination"; readonly at: number }[];
  readonly isRefused: boolean;
  /** Whether there is no connection behind one that broke. */
  readonly isCutOff: boolean;
  readonly cancelAt?: number;
}

/** Where the guest is at the end; `gone` with a process that was killed while it had the guest, and nobody else had it whole. */
export type Whereabouts = "source" | "destination" | "gone";

export interface Fate {
  readonly whereabouts: Whereabouts;
  /** Whether somebody who knew of both had to say who runs the guest. */
  readonly isResolved: boolean;
  /** What must never be, and was. */
  readonly wrongs: readonly string[];
  readonly status: string;
}

/** Of an undisturbed move: ms, and bytes of each direction. */
export interface Extent {
  readonly milliseconds: number;
  readonly there: number;
  readonly back: number;
}

const LINE: LinkOptions = { latency: 1, bandwidth: 4096, buffer: 32 << 10 };

const GONE: LinkOptions = { ...LINE, faults: { there: [{ at: 0, kind: "cut" }] } };

export async function undisturbed(options: SmallMoveOptions): Promise<Extent> {
  const move = smallMove({ ...options, links: [LINE] });
  await move.clock.run(move.both);
  return { milliseconds: move.clock.now(), there: move.links[0]?.carried.there ?? 0, back: move.links[0]?.carried.back ?? 0 };
}

/** Draws one or two harms; half of them where the guest goes from one side to the other. */
export function drawHarm(random: RandomNumber, { milliseconds, there, back }: Extent): Harm {
  const faults: Harm["faults"][number][] = [];
  const kills: Harm["kills"][number][] = [];
  const whole = (limit: number): number => Math.floor(random() * limit);
  const late = (limit: number, tail: number): number => {
    const where = random();
    return where < 0.3 ? limit - whole(tail / 10) : where < 0.6 ? limit - whole(tail) : whole(limit * 1.1);
  };
  for (let left = 1 + whole(2); left > 0; left--) {
    const pick = random();
    if (pick < 0.3) kills.push({ end: random() < 0.5 ? "source" : "destination", at: late(milliseconds, 30) + random() });
    else {
      const direction = random() < 0.6 ? "there" : "back";
      const at = direction === "there" ? late(there, 1500) : late(back, 4000);
      const kind = random();
      const fault: Fault =
        kind < 0.4
          ? { at, kind: "cut" }
          : kind < 0.6
            ? { at, kind: "drop" }
            : kind < 0.8
              ? { at, kind: "stall", milliseconds: random() < 0.3 ? Number.POSITIVE_INFINITY : random() * 2000 }
              : { at, kind: "corrupt", bits: 1 + whole(255) };
      faults.push({ direction, connection: whole(2), fault });
    }
  }
  const cancelAt = random() < 0.1 ? late(milliseconds, 30) : undefined;
  return { faults, kills, isRefused: random() < 0.05, isCutOff: random() < 0.3, ...(cancelAt === undefined ? {} : { cancelAt }) };
}

/** Ms that either side waits, and ms until nothing more happens by itself. */
const [TIMEOUT, CALM] = [400, 4000];

/** Lets a move suffer that, and somebody resolve what is left undecided. */
export async function suffer(options: SmallMoveOptions, harm: Harm): Promise<Fate> {
  const clock = new VirtualClock();
  const links = [0, 1].map((connection): LinkOptions => {
    const own = (direction: "there" | "back"): Fault[] =>
      harm.faults.flatMap((each) => (each.connection === connection && each.direction === direction ? [each.fault] : []));
    return { ...LINE, faults: { there: own("there"), back: own("back") } };
  });
  const wrongs = new Set<string>();
  const row: string[] = [];
  const events =
    (of: string) =>
    (told: Told): void => {
      if (told.event === "RESUME" && runsAt(move, "source") && runsAt(move, "destination")) wrongs.add("both run");
      row.push(told.event === "clean-up" ? `clean-up ${told.done ? "ends" : "begins"}` : `${of} ${told.event}`);
    };
  const move: SmallMove = smallMove({
    ...options,
    source: { events: events("source") },
    destination: { events: events("destination") },
    parameters: { timeout: TIMEOUT },
    clock,
    links: harm.isCutOff ? [links[0] ?? LINE, GONE] : [...links, LINE],
    counts: harm.isRefused ? [1, 666] : [1, 2],
    ends: (of) => ({ source: mortal(of), destination: mortal(of) }),
  });
  // What comes behind the end would harm who looks at it.
  let isOver = false;
  const unlessOver = (call: () => void) => (): void => {
    if (!isOver) call();
  };
  for (const { end, at } of harm.kills) clock.after(at, unlessOver(move.ends[end].kill));
  if (harm.cancelAt !== undefined) clock.after(harm.cancelAt, unlessOver(move.source.cancel));
  let status = "undecided";
  void move.source.outcome.then((outcome) => {
    status = outcome.status;
    if (outcome.error !== undefined && outcome.error.phase === "") wrongs.add(`an error without a phase: ${outcome.error.message}`);
  });
  await clock.run(Promise.race([move.ended, sleep(clock, CALM)]));
  const isResolved = !runsAt(move, "source") && !runsAt(move, "destination") && (await settled(move));
  isOver = true;
  const whereabouts = runsAt(move, "source") ? "source" : runsAt(move, "destination") ? "destination" : "gone";
  for (const wrong of disorder(row, status)) wrongs.add(wrong);
  if (whereabouts === "gone" && !hasDied(move)) wrongs.add("none runs, and the guest has not died with a process that had it");
  if (whereabouts !== "gone") for (const wrong of await damage(move, whereabouts)) wrongs.add(wrong);
  move.forget();
  return { whereabouts, isResolved, wrongs: [...wrongs], status };
}

/** The law of cleaning up: once, whatever the end, and not before the guest runs. */
function disorder(row: readonly string[], status: string): string[] {
  const begun = row.filter((each) => each === "clean-up begins").length;
  if (status === "undecided") return begun > 0 ? ["it was cleaned up before the end"] : [];
  if (begun !== 1 || !row.includes("clean-up ends")) return [`it was cleaned up ${begun} times`];
  const [cleaned, ran] = [row.indexOf("clean-up begins"), row.indexOf("destination RESUME")];
  return status === "completed" && !(ran >= 0 && ran < cleaned) ? ["it was cleaned up before the guest ran"] : [];
}

/** Whether every process that had the guest whole, and might run it, was killed. */
function hasDied({ ends, folders }: SmallMove): boolean {
  if (ends.source.isDead && ends.destination.isDead) return true;
  if (ends.destination.isDead) return stateAt(folders.destination) === "holds";
  return ends.source.isDead && !["ready", "granted", "holds"].includes(stateAt(folders.destination));
}

/** A destination that nobody has greeted has no record. */
function stateAt(folder: string): string {
  return existsSync(folder) ? readRecord(folder).state : "none";
}

function runsAt({ from, to, ends }: SmallMove, end: "source" | "destination"): boolean {
  return !ends[end].isDead && (end === "source" ? from : to).isRunning;
}

/** Somebody looks at both records, and knows who is dead. True when the guest runs then. */
async function settled(move: SmallMove): Promise<boolean> {
  const { source, destination } = move.ends;
  if (source.isDead && destination.isDead) return false;
  const dead = source.isDead ? "source" : destination.isDead ? "destination" : undefined;
  const folders = {
    ...(dead === "source" ? {} : { source: move.folders.source }),
    ...(dead === "destination" ? {} : { destination: move.folders.destination }),
  };
  try {
    await move.clock.run(resolve({ ...folders, ...(dead === undefined ? {} : { dead }), clock: move.clock, timeout: TIMEOUT }));
  } catch {
    return false;
  }
  await move.clock.advance(100);
  return runsAt(move, "source") || runsAt(move, "destination");
}

async function damage({ clock, from, to }: SmallMove, end: "source" | "destination"): Promise<string[]> {
  const guest = end === "source" ? from : to;
  await clock.run(guest.pause());
  const verdict: Verdict = guest.verify();
  const wrongs = verdict.bad.map(({ page, why }) => `page ${page} is ${why}`);
  if (verdict.lostWrites !== 0n) wrongs.push(`${verdict.lostWrites} writes are lost`);
  for (const [n, device] of guest.devices.entries()) {
    const [own, other] = [device.state, from.devices[n]?.state] as { count: number }[];
    if (own?.count !== other?.count) wrongs.push(`device ${device.name} is another`);
  }
  return wrongs;
}

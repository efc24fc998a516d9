import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SYSTEM_CLOCK, sleep } from "../../../runtime/migration/clock.ts";
import { type Resolved, resolve } from "../../../runtime/migration/hand-over/run-resolve.ts";
import { seededNumbers } from "../../../runtime/migration/proof/link-faults.ts";
import { endOptions } from "./end-options.ts";
import { EndProcess, isListening, isLook } from "./end-process.ts";
import { type FaultyLine, type LineFault, startFaultyLine, type Trap } from "./faulty-line.ts";
import { type Blow, drawHarm, type Harm, isLineFault, TIMEOUT } from "./harm.ts";
import { type Judgement, judge } from "./judge.ts";
import type { Line } from "./lines.ts";
import { stateOf } from "./state-of.ts";
import { tell } from "./story.ts";

/** Where the bundles are, and captures of machines. */
export interface Places {
  readonly dist: string;
  readonly machines: string;
}

/** What became of a move. */
export interface Fate extends Judgement {
  readonly seed: number;
  readonly harm: Harm;
  /** Whether all that was to be done to it was done. */
  readonly isStruck: boolean;
  readonly story: string;
}

/** What there is to judge. */
export interface Ended {
  readonly harm: Harm;
  readonly isStruck: boolean;
  readonly source: EndProcess;
  readonly destination: EndProcess;
  /** What became of it by the records, where somebody had to look at them. */
  readonly resolved: Resolved | undefined;
  readonly isCalm: boolean;
  /** The one whose guest runs in the end. */
  readonly runner: EndProcess | undefined;
}

/** Moves a guest between two processes, does to them what the seed says, lets somebody resolve what is left, and judges. */
export async function suffer(seed: number, places: Places): Promise<Fate> {
  const random = seededNumbers(seed);
  const harm = drawHarm(seed, random);
  const folder = mkdtempSync(join(tmpdir(), "vmstate-fault-"));
  const struck = new Set<Blow>();
  /** What will happen yet: signals, and the ends of stops and stalls. */
  const pending = new Set<Promise<unknown>>();
  const soon = (work: Promise<unknown>): void => {
    pending.add(work);
    void work.finally(() => pending.delete(work));
  };
  const strike = (blow: Blow): LineFault | undefined => {
    if (struck.has(blow)) return undefined;
    struck.add(blow);
    if (isLineFault(blow.fault)) {
      if (blow.fault === "stall") soon(sleep(SYSTEM_CLOCK, blow.milliseconds));
      return lineFault(blow);
    }
    const end = blow.fault.endsWith("source") ? source : destination;
    const signal = (): Promise<void> => (blow.fault.startsWith("kill") ? end.kill() : end.stop(blow.milliseconds));
    soon(blow.delay === 0 ? signal() : sleep(SYSTEM_CLOCK, blow.delay).then(signal));
    return undefined;
  };
  const hear = (role: EndProcess["role"], line: Line): void => {
    for (const blow of harm.blows) {
      if (struck.has(blow) || !isLineOf(blow, role, line)) continue;
      const fault = strike(blow);
      if (fault !== undefined) proxy.next(blow.direction, fault);
    }
  };
  const traps = harm.blows.flatMap((blow): Trap[] => {
    const { step, direction, offset, connection } = blow;
    return step === "pause" || isByLine(blow) ? [] : [{ step, direction, offset, connection, spring: () => strike(blow) }];
  });
  const proxy: FaultyLine = await startFaultyLine(harm.isTcp ? "tcp:127.0.0.1:0" : `unix:${join(folder, "line")}`, traps);
  proxy.isCutOff = harm.isCutOff;
  const options = endOptions(seed, harm, folder, proxy.address, places);
  const destination = new EndProcess(options.destination, places.dist, (line) => hear("destination", line));
  const source = new EndProcess(options.source, places.dist, (line) => hear("source", line));
  try {
    const [{ listens }] = await Promise.all([destination.line(isListening), source.line(isListening)]);
    if (harm.refusal !== "connection") proxy.to = listens;
    source.say("begin");
    let isCalm = await calm([source, destination], pending);
    if (harm.heals || isUnfinished(destination)) {
      proxy.isCutOff = false;
      for (const end of [source, destination]) end.heardAt = SYSTEM_CLOCK.now();
      isCalm = await calm([source, destination], pending);
    }
    const isRunning = source.runs || destination.runs;
    const resolved = isRunning ? undefined : await resolveBoth(harm, source, destination);
    const runner = destination.runs ? destination : source.runs ? source : undefined;
    if (runner !== undefined) {
      runner.say("look");
      await Promise.race([runner.line(isLook), sleep(SYSTEM_CLOCK, LONGEST)]);
    }
    const isStruck = harm.blows.every((blow) => struck.has(blow));
    const judgement = judge({ harm, isStruck, source, destination, resolved, isCalm, runner });
    return { seed, harm, isStruck, ...judgement, story: tell(source, destination, resolved) };
  } finally {
    await Promise.all([source.kill(), destination.kill()]);
    await proxy.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ms that a move may take altogether, and in which nobody says a word once nothing more happens by itself. */
const [LONGEST, QUIET] = [30_000, 4 * TIMEOUT];

/** True once both sides have said what the move came to, or nobody says anything any more. */
async function calm(ends: readonly EndProcess[], pending: ReadonlySet<unknown>): Promise<boolean> {
  const until = SYSTEM_CLOCK.now() + LONGEST;
  while (SYSTEM_CLOCK.now() < until) {
    await sleep(SYSTEM_CLOCK, 20);
    if (pending.size > 0) continue;
    const quietFrom = SYSTEM_CLOCK.now() - QUIET;
    if (ends.every((end) => end.isDead || end.outcome !== undefined || end.heardAt < quietFrom)) return true;
  }
  return false;
}

/** A guest that runs without a part of its memory gets it only over a line. */
function isUnfinished(destination: EndProcess): boolean {
  return destination.runs && destination.outcome === undefined;
}

/** Somebody looks at both records, and knows from the system who is dead. */
async function resolveBoth(harm: Harm, source: EndProcess, destination: EndProcess): Promise<Resolved | undefined> {
  if (source.isDead && destination.isDead) return undefined;
  const dead = source.isDead ? "source" : destination.isDead ? "destination" : undefined;
  const folder = ({ role, record, isDead }: EndProcess): object =>
    // A destination that nobody has greeted has no record.
    (isDead && harm.losesRecord) || stateOf(record) === undefined ? {} : { [role]: record };
  const records = { ...folder(source), ...folder(destination), ...(dead === undefined ? {} : ({ dead } as const)) };
  const resolved = await resolve({ ...records, clock: SYSTEM_CLOCK, timeout: TIMEOUT });
  const until = SYSTEM_CLOCK.now() + 2 * TIMEOUT;
  while (!source.runs && !destination.runs && SYSTEM_CLOCK.now() < until) await sleep(SYSTEM_CLOCK, 20);
  return resolved;
}

function lineFault({ fault, milliseconds, bits }: Blow): LineFault {
  switch (fault) {
    case "stall":
      return { kind: "stall", milliseconds };
    case "hang":
      return { kind: "stall", milliseconds: Number.POSITIVE_INFINITY };
    case "corrupt":
      return { kind: "corrupt", bits };
    case "drop":
    case "truncate":
      return { kind: fault };
    default:
      return { kind: "cut" };
  }
}

/** Steps of which an end says something. */
function isByLine({ step, byLine, fault }: Blow): boolean {
  return byLine && !isLineFault(fault) && (step === "precopy" || step === "running");
}

function isLineOf(blow: Blow, role: EndProcess["role"], line: Line): boolean {
  if (blow.step === "pause") return role === "source" && "guest" in line && line.guest === "stands";
  if (!isByLine(blow)) return false;
  if (blow.step === "running") return role === "destination" && "guest" in line && line.guest === "runs";
  return role === "source" && "event" in line && line.event === "MIGRATION" && line.status === "active";
}

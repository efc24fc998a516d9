import { type EndProcess, isLook } from "./end-process.ts";
import type { GuestLine } from "./lines.ts";
import { stateOf } from "./state-of.ts";
import type { Ended } from "./suffer.ts";

/** Where the guest is at the end; `gone` with the last process that had it whole, `lost` where neither has all of it after post-copy. */
export type Whereabouts = "destination" | "source" | "source, resolved" | "destination, resolved" | "gone" | "lost";

export interface Judgement {
  readonly whereabouts: Whereabouts;
  /** What must never be, and was. */
  readonly wrongs: readonly string[];
}

export function judge(ended: Ended): Judgement {
  const { source, destination, resolved, isCalm, harm, runner } = ended;
  const wrongs = [...together(source, destination), ...broughtOver(ended), ...errors(ended)];
  if (!isCalm) wrongs.push("it does not end");
  if (isLost(ended)) {
    if (resolved !== undefined && resolved.outcome !== "lost") wrongs.push(`what is lost is resolved as '${resolved.outcome}'`);
    return { whereabouts: "lost", wrongs };
  }
  if (runner === undefined) {
    if (!hasDied(ended)) wrongs.push("none runs, and the guest has not died with a process that had it");
    return { whereabouts: "gone", wrongs };
  }
  wrongs.push(...damage(runner));
  if (harm.fault === "none" && (runner !== destination || source.outcome?.outcome !== "completed"))
    wrongs.push("a move that nothing was done to did not come to its end");
  return { whereabouts: resolved === undefined ? runner.role : `${runner.role}, resolved`, wrongs };
}

/** Times in which both ran. */
function together(source: EndProcess, destination: EndProcess): string[] {
  return source.intervals.flatMap((a) =>
    destination.intervals.flatMap((b) => {
      const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
      return from < to ? [`both run from ${from.toFixed(1)} to ${to.toFixed(1)}`] : [];
    }),
  );
}

/** Whoever begins to run has what the source had when it was paused. */
function broughtOver({ source, destination, harm }: Ended): string[] {
  const wrongs: string[] = [];
  const stood = source.guestLines.find(({ guest }) => guest === "stands");
  const compare = (who: string, ran: GuestLine | undefined, isWhole: boolean): void => {
    if (ran === undefined) return;
    if (stood === undefined) wrongs.push(`the ${who} begins to run a guest that was never paused`);
    else {
      if (ran.devices !== stood.devices) wrongs.push(`the ${who} runs with other devices' states than the paused guest's`);
      if (isWhole && ran.memory !== stood.memory) wrongs.push(`the ${who} runs with other memory than the paused guest's`);
    }
  };
  const began = source.guestLines.filter(({ guest }) => guest === "runs");
  compare("source", began[1], true);
  compare(
    "destination",
    destination.guestLines.find(({ guest }) => guest === "runs"),
    !harm.isPostcopy,
  );
  return wrongs;
}

/** What a refusal is about: phase and path of the source's error. */
const REFUSED = {
  value: ["load", /^cpu\.env\.fpregs_format_vmstate$/],
  device: ["load", /^0000:00:[0-9a-f]{2}\.[0-7]\/virtio-blk$/],
  memory: ["hello", /^ram\/pc\.ram$/],
  machine: ["hello", /^$/],
  connection: ["", /^$/],
} as const;

function errors({ source, harm }: Ended): string[] {
  const { outcome, error } = source.outcome ?? {};
  const wrongs: string[] = [];
  if (outcome === "failed" && error === undefined) wrongs.push("it has failed without an error");
  if (error?.phase === "") wrongs.push(`an error without a phase: ${error.message}`);
  if (harm.refusal === undefined) return wrongs;
  const [phase, path] = REFUSED[harm.refusal];
  if (outcome !== "failed") wrongs.push(`what is refused has ${outcome ?? "no outcome"}`);
  if (harm.refusal !== "connection" && (error?.code !== "refused-by-peer" || error.phase !== phase || !path.test(error.path)))
    wrongs.push(`a refusal is not named: ${JSON.stringify(error)}`);
  return wrongs;
}

/** The guest ran before all of its memory was there, and a side that had a part of it is dead. */
function isLost({ source, destination }: Ended): boolean {
  return (source.isDead || destination.isDead) && stateOf(destination.record) === "holds-postcopy";
}

/** Whether every process that had the guest whole, and might run it, is dead. */
function hasDied({ source, destination }: Ended): boolean {
  if (source.isDead && destination.isDead) return true;
  // The source takes it back from a dead destination, but where it was told that the guest ran there.
  if (destination.isDead) return stateOf(source.record) === "done" && stateOf(destination.record) === "holds";
  return source.isDead && !["ready", "granted", "holds"].includes(stateOf(destination.record) ?? "");
}

function damage(end: EndProcess): string[] {
  const look = end.lines.find(isLook);
  if (look === undefined) return [`the ${end.role} cannot be looked at: ${end.errors}`];
  const wrongs = look.bad.map((bad) => `page ${bad}`);
  if (look.badPages > wrongs.length) wrongs.push(`${look.badPages} pages are wrong`);
  if (look.lostWrites !== "0") wrongs.push(`${look.lostWrites} writes are lost`);
  return wrongs;
}

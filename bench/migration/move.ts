import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Verdict } from "../../runtime/guest/guest-truth.ts";
import type { Span } from "../../runtime/migration/ledger.ts";
import type { EndOptions } from "./end.ts";

export interface MoveResult {
  readonly source: {
    readonly status: string;
    readonly error?: string;
    readonly pause?: { readonly milliseconds: number; readonly spans: readonly Span[] };
    readonly total: number;
    readonly before: { readonly at: number; readonly work: string };
    readonly work: string;
    /** Ms of the processor that the move took at this end. */
    readonly cpu: number;
    readonly query: { readonly ram: { readonly transferred: number; readonly "dirty-sync-count": number } };
  };
  readonly destination: {
    readonly status: string;
    readonly error?: string;
    readonly ran: { readonly at: number; readonly work: string; readonly cpu: number };
    readonly stall: { readonly largestGapMs: number; readonly at: number };
    readonly work: string;
    readonly verdict?: Verdict;
  };
  /** Those that were asked for, each with its end's name. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

export type MoveOptions = Omit<EndOptions, "role" | "address" | "record" | "move">;

/** Moves a guest between two processes over a unix socket; what both ends came to. Fails when the guest does not arrive. */
export async function moveBetweenProcesses(options: MoveOptions): Promise<MoveResult> {
  const { source, destination, events } = await tryToMove(options);
  if (destination === undefined) throw new Error(`The move has ${source.status}: ${source.error}`);
  return { source, destination, events };
}

/** Without a destination where the source has given the move up. Fails when one of them says nothing. */
export async function tryToMove(options: MoveOptions): Promise<Omit<MoveResult, "destination"> & Partial<MoveResult>> {
  const folder = mkdtempSync(join(tmpdir(), "vmstate-bench-move-"));
  const ends: End[] = [];
  try {
    const common = { ...options, address: `unix:${join(folder, "socket")}`, move: "00112233445566778899aabbccddeeff" };
    const destination = start({ ...common, role: "destination", record: join(folder, "destination") });
    ends.push(destination);
    await destination.line("listens");
    const source = start({ ...common, role: "source", record: join(folder, "source") });
    ends.push(source);
    const left = (await source.line("role")) as unknown as MoveResult["source"];
    // Nobody comes any more to a destination that waits.
    if (left.status !== "completed") return { source: left, events: source.events };
    const arrived = (await destination.line("role")) as unknown as MoveResult["destination"];
    await Promise.all([source.over, destination.over]);
    return { source: left, destination: arrived, events: [...source.events, ...destination.events] };
  } finally {
    for (const { kill } of ends) kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Line = Readonly<Record<string, unknown>>;

interface End {
  /** The first line that has this member. */
  readonly line: (member: string) => Promise<Line>;
  readonly events: readonly Line[];
  /** Resolves when the process has ended: what it held is free then. */
  readonly over: Promise<unknown>;
  readonly kill: () => void;
}

function start(options: EndOptions): End {
  const child = spawn(process.execPath, [join(import.meta.dirname, "migration-end.cjs"), JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: Line[] = [];
  let [text, errors, isOver] = ["", "", false];
  let wake = (): void => {};
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    const pieces = text.split("\n");
    text = pieces.pop() ?? "";
    lines.push(...pieces.map((piece) => JSON.parse(piece) as Line));
    wake();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors += chunk;
  });
  child.on("close", () => {
    isOver = true;
    wake();
  });
  return {
    over: once(child, "close"),
    kill: () => void child.kill("SIGKILL"),
    get events() {
      return lines.filter((line) => "event" in line).map((line) => ({ end: options.role, ...line }));
    },
    line: async (member) => {
      for (;;) {
        const found = lines.find((line) => member in line);
        if (found !== undefined) return found;
        if (isOver) throw new Error(`The ${options.role} has ended without a word: ${errors}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

import { spawn } from "node:child_process";
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

/** Moves a guest between two processes over a unix socket; what both ends came to. Fails when one of them says nothing. */
export async function moveBetweenProcesses(options: Omit<EndOptions, "role" | "address" | "record" | "move">): Promise<MoveResult> {
  const folder = mkdtempSync(join(tmpdir(), "vmstate-bench-move-"));
  try {
    const common = { ...options, address: `unix:${join(folder, "socket")}`, move: "00112233445566778899aabbccddeeff" };
    const destination = start({ ...common, role: "destination", record: join(folder, "destination") });
    await destination.line("listens");
    const source = start({ ...common, role: "source", record: join(folder, "source") });
    const [left, arrived] = await Promise.all([source.line("role"), destination.line("role")]);
    return { source: left, destination: arrived, events: [...source.events, ...destination.events] } as unknown as MoveResult;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Line = Readonly<Record<string, unknown>>;

interface End {
  /** The first line that has this member. */
  readonly line: (member: string) => Promise<Line>;
  readonly events: readonly Line[];
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

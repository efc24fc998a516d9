import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT, type Run } from "./run-cli.ts";

export type EventLine = { readonly event: string } & Readonly<Record<string, unknown>>;

/** One side of a move, as a process of its own. */
export interface End {
  readonly child: ChildProcess;
  /** What it has told so far, with --json. */
  readonly events: readonly EventLine[];
  /** The first of these lines that there is; fails when it ends without. */
  readonly told: (isWanted: (line: EventLine) => boolean) => Promise<EventLine>;
  /** Resolves when standard error has that text. */
  readonly said: (text: string) => Promise<void>;
  readonly done: Promise<Run>;
}

/** Starts one side with the commands that were built. Used by tests only. */
export function startEnd(args: readonly string[], options: { readonly cwd: string; readonly stdio?: StdioOptions }): End {
  const child = spawn(process.execPath, [join(ROOT, "dist/vmstate.cjs"), "migrate", ...args], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH },
    stdio: options.stdio ?? ["ignore", "pipe", "pipe"],
  });
  let [out, err, isOver] = ["", "", false];
  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const look of waiting) look();
  };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    changed();
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    err += text;
    changed();
  });
  const done = new Promise<Run>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      isOver = true;
      changed();
      resolve({ status, out, err });
    });
  });
  const events = (): EventLine[] =>
    out
      .slice(0, out.lastIndexOf("\n") + 1)
      .split("\n")
      .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as EventLine] : []));
  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find();
        if (found === undefined && !isOver) return;
        waiting.delete(look);
        if (found === undefined) reject(new Error(`It has ended before: ${out}${err}`));
        else resolve(found);
      };
      waiting.add(look);
      look();
    });
  return {
    child,
    get events() {
      return events();
    },
    told: (isWanted) => until(() => events().find(isWanted)),
    said: async (text) => void (await until(() => (err.includes(text) ? true : undefined))),
    done,
  };
}

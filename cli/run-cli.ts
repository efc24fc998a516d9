import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "..");
export const OLD = join(ROOT, "fixtures/dumps/qemu-7.2-pc-i440fx-2.12.json.gz");
export const NEW = join(ROOT, "fixtures/dumps/qemu-10.0-pc-i440fx-2.12.json.gz");

export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

interface RunOptions {
  readonly input?: string | Buffer;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a built command as a user would, in a process of its own. Used by tests only; `npm test` builds first. */
export function runCli(name: "vmstate" | "vmstate-check", args: readonly string[], options: RunOptions = {}): Run {
  const empty = options.cwd === undefined ? mkdtempSync(join(tmpdir(), "vmstate-cli-")) : undefined;
  try {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [join(ROOT, `dist/${name}.cjs`), ...args], {
      cwd: options.cwd ?? empty,
      env: { PATH: process.env.PATH, ...options.env },
      input: options.input ?? "",
      maxBuffer: 1 << 28,
    });
    if (error !== undefined) throw error;
    return { status, out: stdout.toString("utf8"), err: stderr.toString("utf8") };
  } finally {
    if (empty !== undefined) rmSync(empty, { recursive: true });
  }
}

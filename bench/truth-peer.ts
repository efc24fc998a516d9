import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { TruthRow } from "./truth-rows.ts";

export type PeerVerdicts = "absent" | { readonly flags: (row: TruthRow) => boolean };

/** Runs QEMU's own checker once a pair of builds; a VM is flagged when a problem names a section that is one of its types. */
export function runPeer(script: string, rows: readonly TruthRow[], dumpPath: (build: string, machine: string) => string): PeerVerdicts {
  if (!existsSync(script)) return "absent";
  const folder = mkdtempSync(join(tmpdir(), "vmstate-peer-"));
  const named = new Map<string, Set<string>>();
  const plain = (path: string): string => {
    if (!path.endsWith(".gz")) return path;
    const copy = join(folder, path.replaceAll("/", "_").replace(/\.gz$/, ""));
    if (!existsSync(copy)) writeFileSync(copy, gunzipSync(readFileSync(path)));
    return copy;
  };
  try {
    for (const row of rows) {
      const key = pairOf(row);
      if (named.has(key)) continue;
      const run = spawnSync("python3", [script, "-s", plain(dumpPath(row.src, row.machine)), "-d", plain(dumpPath(row.dst, row.machine))], {
        encoding: "utf8",
      });
      if (run.error !== undefined) return "absent";
      named.set(key, new Set([...run.stdout.matchAll(/^Section "([^"]+)"/gm)].map((match) => match[1] ?? "")));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { flags: (row) => row.types.some((type) => named.get(pairOf(row))?.has(type) === true) };
}

function pairOf(row: TruthRow): string {
  return [row.src, row.dst, row.machine].join("\n");
}

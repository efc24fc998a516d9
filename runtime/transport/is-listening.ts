import { fstatSync, readFileSync } from "node:fs";

/** The lines in which Linux tells of a socket: by which column it is found, and how it says that it listens. */
const TABLES = [
  { path: "/proc/self/net/unix", inode: 6, column: 3, listens: (text: string) => (Number.parseInt(text, 16) & 0x10000) !== 0 },
  { path: "/proc/self/net/tcp", inode: 9, column: 3, listens: (text: string) => text === "0A" },
  { path: "/proc/self/net/tcp6", inode: 9, column: 3, listens: (text: string) => text === "0A" },
] as const;

/** Whether a descriptor waits for connections. Node cannot ask, and one that it tries in vain is closed; not known beyond Linux. */
export function isListening(fd: number): boolean {
  const inode = inodeOf(fd);
  if (inode === undefined) return false;
  return TABLES.some(({ path, inode: where, column, listens }) => {
    const line = linesOf(path).find((columns) => columns[where] === inode);
    return line !== undefined && listens(line[column] ?? "");
  });
}

function inodeOf(fd: number): string | undefined {
  try {
    const status = fstatSync(fd, { bigint: true });
    return status.isSocket() ? `${status.ino}` : undefined;
  } catch {
    return undefined;
  }
}

function linesOf(path: string): string[][] {
  try {
    const lines = readFileSync(path, "latin1").split("\n");
    return lines.map((line) => line.trim().split(/\s+/));
  } catch {
    return [];
  }
}

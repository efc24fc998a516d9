import { closeSync, openSync, readSync } from "node:fs";

// Loaded on demand: most runs never print a digest, and node:crypto costs a tenth of the command's start.
const crypto = (): typeof import("node:crypto") => process.getBuiltinModule("node:crypto");

/** Lower-case hex SHA-256. */
export function sha256(bytes: Uint8Array | string): string {
  return crypto().hash("sha256", bytes, "hex");
}

/** The same over a file of any size in constant memory. */
export function sha256File(path: string): string {
  const hash = crypto().createHash("sha256");
  const chunk = Buffer.allocUnsafe(1 << 20);
  const fd = openSync(path, "r");
  try {
    for (;;) {
      const got = readSync(fd, chunk, 0, chunk.length, null);
      if (got === 0) return hash.digest("hex");
      hash.update(chunk.subarray(0, got));
    }
  } finally {
    closeSync(fd);
  }
}

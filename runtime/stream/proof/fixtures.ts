import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const FOLDER = join(import.meta.dirname, "../../../fixtures/streams");

/** A stream that QEMU wrote: fixtures/README.md. */
export function fixture(name: string): Uint8Array {
  return gunzipSync(readFileSync(join(FOLDER, `${name}.mig.gz`)));
}

/** Without configuration, footers and description. */
export const OLD = "5.2-pc-i440fx-2.0-stopped";
/** With all of them. */
export const NEW = "10.0-pc-i440fx-2.12-uuid";

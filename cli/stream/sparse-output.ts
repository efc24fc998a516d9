import { fstatSync, ftruncateSync, writeSync } from "node:fs";
import { isZero } from "../../runtime/ram/zero-page.ts";
import { writeAll } from "./write-output.ts";

/** Zeros of this size and place are worth a hole. */
const HOLE = 1 << 16;

export interface Output {
  readonly write: (bytes: Uint8Array) => void;
  /** Gives the file its length, which a hole at its end does not. */
  readonly end: () => void;
}

/** Writes to a new file with holes where there are but zeros: files of mapped RAM are mostly that. A pipe gets the zeros. */
export function sparseOutput(fd: number): Output {
  if (!fstatSync(fd).isFile()) return { write: (bytes) => writeAll(fd, bytes), end: () => {} };
  let at = 0;
  const put = (bytes: Uint8Array): void => {
    if (bytes.length < HOLE || !isZero(bytes))
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
    at += bytes.length;
  };
  return {
    write: (bytes) => {
      for (let from = 0; from < bytes.length; ) {
        const to = Math.min(bytes.length, from + HOLE - (at % HOLE));
        put(bytes.subarray(from, to));
        from = to;
      }
    },
    end: () => ftruncateSync(fd, at),
  };
}

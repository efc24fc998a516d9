import { fstatSync, readSync } from "node:fs";

/** Where the bytes of a stream come from, in order. */
export interface ByteSource {
  /** Fills some of the memory, and gives how many bytes; none at the end. */
  readonly read: (into: Uint8Array) => number;
  /** Passes over that many bytes without reading them; only beside `random`, whose size says that they are there. */
  readonly skip?: (count: number) => void;
  /** Bytes of the whole and a look at any of them, where that can be had. */
  readonly random?: { readonly size: number; readonly peek: (into: Uint8Array, at: number) => number };
}

/** A file, a pipe or a socket by its descriptor, read where it stands. */
export function sourceOfFile(fd: number): ByteSource {
  const stat = fstatSync(fd);
  if (!stat.isFile()) return { read: (into) => readWaiting(fd, into) };
  let at = 0;
  return {
    read: (into) => {
      const got = readSync(fd, into, 0, into.length, at);
      at += got;
      return got;
    },
    skip: (count) => {
      at += count;
    },
    random: { size: stat.size, peek: (into, from) => readSync(fd, into, 0, into.length, from) },
  };
}

export function sourceOfBytes(bytes: Uint8Array): ByteSource {
  let at = 0;
  const copy = (into: Uint8Array, from: number): number => {
    const piece = bytes.subarray(from, from + into.length);
    into.set(piece);
    return piece.length;
  };
  return {
    read: (into) => {
      const got = copy(into, at);
      at += got;
      return got;
    },
    random: { size: bytes.length, peek: copy },
  };
}

/** The other end of a pipe may have made it non-blocking; then there is nothing to read until something comes. */
function readWaiting(fd: number, into: Uint8Array): number {
  for (;;) {
    try {
      return readSync(fd, into, 0, into.length, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(PAUSE, 0, 0, 2);
    }
  }
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4));

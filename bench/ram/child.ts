// One work in a process of its own: `node dist/ram-child.cjs zero BYTES | scan FILE | encode FILE | decode FILE | hash FILE | read FILE | read-hash FILE`.
// Prints nanoseconds of one pass over all that it was given, and what came of it, as JSON; the peer in C does the same.
import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { PageKernel } from "../../runtime/ram/page-kernel.ts";
import { BITS } from "./inputs.ts";

const PAGE = 0x1000;
const CHUNK = 1 << 20;
const [SAMPLES, WARM_MS, SAMPLE_MS] = [40, 150, 2];

const WORKS: Readonly<Record<string, (given: string) => () => number>> = {
  zero,
  scan,
  encode,
  decode,
  hash,
  read: reader(false),
  "read-hash": reader(true),
};

function zero(given: string): () => number {
  const bytes = Number(given);
  const pages = bytes / PAGE;
  const kernel = new PageKernel({ bytes: bytes + CHUNK });
  const [at, into] = [kernel.take(bytes), kernel.take(pages)];
  // Memory that nobody has written to is one page, many times.
  kernel.bytes.fill(1, at, at + bytes).fill(0, at, at + bytes);
  return () => kernel.zeros(at, pages, into);
}

function scan(file: string): () => number {
  const bitmaps = readFileSync(file);
  const kernel = new PageKernel({ bytes: bitmaps.length + BITS * 4 + CHUNK });
  const [at, into] = [kernel.take(bitmaps.length), kernel.take(BITS * 4)];
  kernel.bytes.set(bitmaps, at);
  return () => {
    let sum = 0;
    for (let bitmap = 0; bitmap < bitmaps.length; bitmap += BITS / 8) sum += kernel.pages(at + bitmap, BITS, into);
    return sum;
  };
}

function encode(file: string): () => number {
  const { kernel, pages, at, into } = withPairs(file);
  return () => {
    let sum = 0;
    for (let i = 0; i < pages; i++) sum += kernel.encodeXbzrle(at + 2 * i * PAGE, at + (2 * i + 1) * PAGE, into);
    return sum;
  };
}

function decode(file: string): () => number {
  const { kernel, pages, at, into } = withPairs(file);
  const page = kernel.take(PAGE);
  const lengths = Array.from({ length: pages }, (_, i) => kernel.encodeXbzrle(at + 2 * i * PAGE, at + (2 * i + 1) * PAGE, into + i * PAGE));
  return () => {
    let sum = 0;
    for (let i = 0; i < pages; i++) sum += kernel.decodeXbzrle(into + i * PAGE, lengths[i] as number, page);
    return sum;
  };
}

function withPairs(file: string): { readonly kernel: PageKernel; readonly pages: number; readonly at: number; readonly into: number } {
  const pairs = readFileSync(file);
  const kernel = new PageKernel({ bytes: pairs.length * 2 });
  const [at, into] = [kernel.take(pairs.length), kernel.take(pairs.length / 2)];
  kernel.bytes.set(pairs, at);
  return { kernel, pages: pairs.length / (2 * PAGE), at, into };
}

function hash(file: string): () => number {
  const bytes = readFileSync(file);
  const kernel = new PageKernel({ bytes: bytes.length + CHUNK });
  const [at, into] = [kernel.take(bytes.length), kernel.take((bytes.length / PAGE) * 8)];
  kernel.bytes.set(bytes, at);
  return () => {
    kernel.hashes(at, bytes.length / PAGE, into);
    return 0;
  };
}

function reader(hashes: boolean): (file: string) => () => number {
  return (file) => {
    const kernel = new PageKernel({ bytes: 2 * CHUNK });
    const [at, into] = [kernel.take(CHUNK), kernel.take((CHUNK / PAGE) * 8)];
    return () => {
      const opened = openSync(file, "r");
      const { size } = fstatSync(opened);
      for (let done = 0; done < size; ) {
        const length = readSync(opened, kernel.bytes, at, CHUNK, null);
        if (length !== CHUNK) throw new Error(`${length} bytes are read of ${CHUNK}.`);
        if (hashes) kernel.hashes(at, CHUNK / PAGE, into);
        done += length;
      }
      closeSync(opened);
      return 0;
    };
  };
}

const [name = "", given = ""] = process.argv.slice(2);
const setup = WORKS[name];
if (setup === undefined) throw new Error(`There is no work ${name}.`);
const work = setup(given);
const result = work();
const start = performance.now();
let warm = 0;
do {
  work();
  warm++;
} while (performance.now() - start < WARM_MS);
const count = Math.ceil((warm * SAMPLE_MS) / WARM_MS);
// A pass over a large file takes long enough to be measured in few samples.
const samples = Array.from({ length: (performance.now() - start) / warm > SAMPLE_MS * 15 ? 8 : SAMPLES }, () => {
  const from = performance.now();
  for (let i = 0; i < count; i++) work();
  return ((performance.now() - from) * 1e6) / count;
});
console.log(JSON.stringify({ ns: samples.sort((a, b) => a - b)[samples.length >> 2], result }));

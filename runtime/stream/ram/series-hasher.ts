import { PageKernel } from "../../ram/page-kernel.ts";
import type { WasmMemory } from "../../ram/webassembly.ts";
import { HashJobs, JOBS_BYTES, MOST_JOBS, MOST_PAGES } from "./hash-jobs.ts";
import { PageHasher } from "./page-hasher.ts";
import type { PageHashes } from "./page-hashes.ts";

const PAGE = 4096;
/** Bytes in which a stream is read, so that its pages are hashed where they lie; smaller pieces cost more calls than they save in caches. */
const WINDOW = MOST_PAGES * PAGE;
/** Windows beside a second thread: so much may be read before it is hashed. */
const WINDOWS = 3;

/** What another thread must have to hash beside this one. */
export interface SharedHashing {
  readonly memory: WasmMemory;
  readonly jobs: number;
}

/** Pages of a block, from `first` on, whose hashes are due. */
interface Due {
  readonly hashes: PageHashes;
  readonly first: number;
  readonly count: number;
  readonly at: number;
  readonly stride: number;
  readonly job: number;
  /** The window that they lie in. */
  readonly window: number;
}

/** Hashes series of pages in the windows that it gives, not at once but before their window is given again, or something else comes of them. */
export class SeriesHasher {
  /** For single pages. */
  readonly hasher: PageHasher;
  readonly #kernel: PageKernel;
  readonly #jobs: HashJobs;
  readonly #windows: readonly Uint8Array<ArrayBuffer>[];
  #window = 0;
  /** In the order of the stream, which is that of what a page comes to hold. */
  readonly #due: Due[] = [];

  /** `beside` is called once, and may have another thread do `hashBeside`. */
  constructor(beside?: (shared: SharedHashing) => void) {
    const windows = beside === undefined ? 1 : WINDOWS;
    this.#kernel = new PageKernel({ bytes: PAGE + 64 + JOBS_BYTES + 64 + windows * WINDOW, pageSize: PAGE, shared: true });
    this.hasher = new PageHasher(PAGE, this.#kernel);
    const jobs = this.#kernel.take(JOBS_BYTES);
    this.#jobs = new HashJobs(this.#kernel, jobs);
    this.#windows = Array.from({ length: windows }, () => {
      const at = this.#kernel.take(WINDOW);
      return this.#kernel.bytes.subarray(at, at + WINDOW) as Uint8Array<ArrayBuffer>;
    });
    beside?.({ memory: this.#kernel.memory, jobs });
  }

  /** Where the stream is to be read on. */
  nextWindow(): Uint8Array<ArrayBuffer> {
    this.#window = (this.#window + 1) % this.#windows.length;
    while (this.#due[0]?.window === this.#window) this.#settleOldest();
    return this.#windows[this.#window] as Uint8Array<ArrayBuffer>;
  }

  /** Pages that begin at `from` and lie `stride` bytes apart. */
  add(bytes: Uint8Array, from: number, stride: number, count: number, hashes: PageHashes, first: number): void {
    if (bytes.buffer !== this.#kernel.memory.buffer) {
      this.settleAll();
      for (let nth = 0; nth < count; nth++) {
        this.hasher.hash(bytes, from + nth * stride);
        hashes.set(first + nth, this.hasher.low, this.hasher.high);
      }
      return;
    }
    if (this.#due.length === MOST_JOBS) this.#settleOldest();
    const at = bytes.byteOffset + from;
    this.#due.push({ hashes, first, count, at, stride, job: this.#jobs.add(at, stride, count), window: this.#window });
  }

  /** Before something else is said of a page. */
  settle(hashes: PageHashes, page: number): void {
    const isDue = (due: Due): boolean => due.hashes === hashes && page >= due.first && page < due.first + due.count;
    while (this.#due.some(isDue)) this.#settleOldest();
  }

  settleAll(): void {
    while (this.#due.length > 0) this.#settleOldest();
  }

  /** Behind the last page. */
  end(): void {
    this.settleAll();
    this.#jobs.end();
  }

  #settleOldest(): void {
    const { hashes, first, count, at, stride, job } = this.#due.shift() as Due;
    const found = this.#jobs.finish(job);
    this.hasher.mend(this.#kernel, found, count, at, stride);
    hashes.setRun(first, this.#kernel.words.subarray(found / 4, found / 4 + 2 * count));
  }
}

/** What another thread does, until the one that reads is done. */
export function hashBeside({ memory, jobs }: SharedHashing): void {
  new HashJobs(new PageKernel({ memory, pageSize: PAGE }), jobs).hashUntilEnd();
}

import type { PageKernel } from "../../ram/page-kernel.ts";

/** Series that wait at a time; a power of two, as the numbers of jobs wrap around. */
export const MOST_JOBS = 64;
/** Pages of a series. */
export const MOST_PAGES = 1024;

// Words of the table: jobs that were added, those of them that somebody has taken, and whether no more come. Behind them the jobs.
const ADDED = 0;
const TAKEN = 1;
const ENDED = 2;
const JOBS = 4;
// Words of a job: its number and one, once it is done; then the arguments of the kernel.
const DONE = 0;
const AT = 1;
const STRIDE = 2;
const COUNT = 3;
const JOB = 4;

const TABLE = 4 * (JOBS + MOST_JOBS * JOB);
const RESULT = 8 * MOST_PAGES;
/** Of the kernel's memory. */
export const JOBS_BYTES = TABLE + MOST_JOBS * RESULT;

/** Milliseconds after which a thread with nothing to do looks again: being woken for every series would cost the others more than hashing it. */
const PAUSE = 0.1;

/**
 * Series of pages to be hashed, in memory that several threads may have. Whoever has time takes the oldest one that is left; the thread that
 * adds them does so as well, once it must have the hashes. So it never depends on another, and the hashes are the same whoever takes them.
 */
export class HashJobs {
  readonly #kernel: PageKernel;
  readonly #words: Int32Array;
  readonly #results: number;

  /** `at` is the same place of the memory for all of them, where JOBS_BYTES of zeros are at first. */
  constructor(kernel: PageKernel, at: number) {
    this.#kernel = kernel;
    this.#words = new Int32Array(kernel.memory.buffer, at, TABLE / 4);
    this.#results = at + TABLE;
  }

  /** Gives the job's number. One thread adds, and finishes each job before it adds as many as there may be. */
  add(at: number, stride: number, count: number): number {
    const job = Atomics.load(this.#words, ADDED);
    const place = placeOf(job);
    this.#words[place + AT] = at;
    this.#words[place + STRIDE] = stride;
    this.#words[place + COUNT] = count;
    Atomics.store(this.#words, ADDED, (job + 1) | 0);
    return job;
  }

  /** Sees to it that a job is done, and gives where in the memory its hashes begin. */
  finish(job: number): number {
    const place = placeOf(job) + DONE;
    for (;;) {
      const done = Atomics.load(this.#words, place);
      if (done === ((job + 1) | 0)) return this.#resultOf(job);
      if (!this.#hashNext()) Atomics.wait(this.#words, place, done);
    }
  }

  /** Lets the others go. */
  end(): void {
    Atomics.store(this.#words, ENDED, 1);
    Atomics.notify(this.#words, ENDED);
  }

  /** What another thread does. */
  hashUntilEnd(): void {
    while (Atomics.load(this.#words, ENDED) === 0) if (!this.#hashNext()) Atomics.wait(this.#words, ENDED, 0, PAUSE);
  }

  /** False when nothing is left. */
  #hashNext(): boolean {
    const words = this.#words;
    const job = Atomics.load(words, TAKEN);
    if (job === Atomics.load(words, ADDED)) return false;
    // What the job is may be overwritten only once it was taken by somebody, and then not by this thread.
    if (Atomics.compareExchange(words, TAKEN, job, (job + 1) | 0) !== job) return true;
    const place = placeOf(job);
    const [at, stride, count] = [words[place + AT], words[place + STRIDE], words[place + COUNT]] as [number, number, number];
    this.#kernel.hashes(at, count, this.#resultOf(job), stride);
    Atomics.store(words, place + DONE, (job + 1) | 0);
    Atomics.notify(words, place + DONE);
    return true;
  }

  #resultOf(job: number): number {
    return this.#results + (job & (MOST_JOBS - 1)) * RESULT;
  }
}

function placeOf(job: number): number {
  return JOBS + (job & (MOST_JOBS - 1)) * JOB;
}

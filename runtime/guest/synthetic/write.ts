import { DirtyBitmap } from "../dirty-bitmap.ts";
import { guestPage, setWork, workOf } from "../guest-page.ts";
import { MissingPages } from "../missing-pages.ts";
import { countWrite, workOn } from "../work.ts";
import { workloadOf } from "../workload/index.ts";
import { GO, LIMIT, NO_LIMIT, RUN, SLEEP, SLEEP_EVERY, stand, THROTTLE, TOKENS, WAKE } from "./control.ts";
import { now } from "./now.ts";
import { Pace } from "./pace.ts";
import type { ThreadData } from "./thread.ts";

/** Writes between two looks at the clock. */
const STRIDE = 16;
/** Writes between two entries of the work that was done into the guest's page. */
const ENTRY = 64;
/** How long a writer sleeps before it looks for a token again, in ms. */
const TOKEN_WAIT = 0.5;

/** A writer's life: it does its work while the guest runs, and never stands still within a write. `ask` is for a page that is missing. */
export function write(writer: number, data: ThreadData, ask: (page: number) => void): void {
  const { ram, perMs } = data;
  const control = new Int32Array(data.control);
  const dirty = new DirtyBitmap(data.pages, data.dirty);
  const missing = new MissingPages(data.pages, data.missing);
  const truth = new Uint32Array(data.truth);
  const words = new Uint32Array(ram);
  const page0 = guestPage(ram);
  const workload = workloadOf(data.work.workload);
  const work = workOn(ram, writer, data.work);
  const pace = new Pace(now(), perMs, workload.rhythm?.(data.work.workload));
  const stride = pace.isExact ? 1 : STRIDE;
  let done = 0;
  let entered = 0;
  let ahead = 0;
  let isOwing = false;
  let isBack = false;

  const enter = (): void => {
    if (done === entered) return;
    setWork(page0, writer, done);
    dirty.mark(0);
    entered = done;
  };
  const sleep = (seen: number, ms?: number): void => {
    enter();
    Atomics.wait(control, WAKE, seen, ms);
  };

  for (;;) {
    const seen = Atomics.load(control, WAKE);
    if (Atomics.load(control, GO) !== RUN) {
      enter();
      if (!stand(control)) return;
      isBack = true;
      continue;
    }
    if (isBack) {
      // While it stood, the guest may have been brought here, and its first page may come later.
      if (missing.mustWait(0, ask)) {
        Atomics.wait(control, WAKE, seen);
        continue;
      }
      done = workOf(page0, writer);
      entered = done;
      isOwing = false;
      isBack = false;
      pace.restart(now());
    }
    if (work === undefined) {
      Atomics.wait(control, WAKE, seen);
      continue;
    }
    if (isOwing) {
      if (!takeToken(control)) {
        sleep(seen, TOKEN_WAIT);
        continue;
      }
      isOwing = false;
      pace.restart(now());
    }
    if (ahead === 0) {
      const percent = Atomics.load(control, THROTTLE);
      const wait = pace.wait(now(), { percent, sleep: Atomics.load(control, SLEEP), every: Atomics.load(control, SLEEP_EVERY) });
      if (wait > 0) {
        sleep(seen, wait);
        continue;
      }
      ahead = stride;
    }
    const page = work.pageOf(done);
    if (missing.mustWait(page, ask)) {
      sleep(seen);
      pace.restart(now());
      continue;
    }
    ahead--;
    work.write(page);
    const wasClean = dirty.mark(page);
    countWrite(truth, words, page);
    done++;
    pace.wrote();
    if (done % ENTRY === 0) enter();
    isOwing = wasClean && Atomics.load(control, LIMIT) !== NO_LIMIT;
  }
}

function takeToken(control: Int32Array): boolean {
  if (Atomics.load(control, LIMIT) === NO_LIMIT) return true;
  const had = Atomics.sub(control, TOKENS, 1);
  if (had > 0) return true;
  Atomics.add(control, TOKENS, 1);
  return false;
}

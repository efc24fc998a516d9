import { DirtyBitmap } from "../dirty-bitmap.ts";
import { guestPage, tick } from "../guest-page.ts";
import { MissingPages } from "../missing-pages.ts";
import { GO, LIMIT, NO_LIMIT, RUN, stand, TOKENS, WAKE } from "./control.ts";
import type { ThreadData } from "./thread.ts";

/** Between two ticks, in ms. */
const TICK = 0.5;
/** Tokens that may gather, in ms of the rate that they come at. */
const BURST = 10;

/** The life of the thread that ticks, also in a guest that does nothing else, and that hands out tokens. `ask` is for a page that is missing. */
export function keepTicking({ ram, control: shared, dirty, pages, missing: sharedMissing }: ThreadData, ask: (page: number) => void): void {
  const control = new Int32Array(shared);
  const bitmap = new DirtyBitmap(pages, dirty);
  const missing = new MissingPages(pages, sharedMissing);
  const page0 = guestPage(ram);
  const tokens = new Tokens();
  for (;;) {
    const seen = Atomics.load(control, WAKE);
    if (Atomics.load(control, GO) !== RUN) {
      if (!stand(control)) return;
      tokens.restart();
    }
    if (missing.mustWait(0, ask)) {
      Atomics.wait(control, WAKE, seen);
      continue;
    }
    const now = process.hrtime.bigint();
    tick(page0, now);
    bitmap.mark(0);
    tokens.handOut(control, Number(now) / 1e6);
    Atomics.wait(control, WAKE, seen, TICK);
  }
}

class Tokens {
  #at: number | undefined;
  /** What is due of the next token. */
  #rest = 0;

  restart(): void {
    this.#at = undefined;
    this.#rest = 0;
  }

  handOut(control: Int32Array, now: number): void {
    const limit = Atomics.load(control, LIMIT);
    const before = this.#at ?? now;
    this.#at = now;
    if (limit === NO_LIMIT) return;
    const most = Math.max(1, Math.ceil((limit * BURST) / 1000));
    const due = this.#rest + (limit * (now - before)) / 1000;
    const whole = Math.floor(due);
    this.#rest = due - whole;
    const room = most - Atomics.load(control, TOKENS);
    if (whole > 0 && room > 0) Atomics.add(control, TOKENS, Math.min(whole, room));
  }
}

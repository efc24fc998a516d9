import type { Slowing } from "../../runtime/migration/convergence/policy.ts";
import type { Told } from "../../runtime/migration/events.ts";
import { slowingText } from "./slowing-text.ts";

/** A pass over the guest's memory, from its beginning. */
export interface Pass {
  readonly pass: number;
  /** Ms since the first began. */
  readonly from: number;
  /** Bytes that were to be sent. */
  readonly remaining: number;
  /** What slowed the guest in it, the last of it. */
  slowing: Slowing;
}

/** Notes the passes of a move as it tells of them. */
export class Passes {
  readonly all: Pass[] = [];
  readonly #now: () => number;
  readonly #startedAt: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#startedAt = now();
  }

  tell(event: Told): void {
    const last = this.all.at(-1);
    if (event.event === "MIGRATION_PASS") {
      const { pass, remaining } = event;
      this.all.push({ pass, from: this.#now() - this.#startedAt, remaining, slowing: { by: "nothing" } });
    } else if (event.event === "slowing" && last !== undefined) last.slowing = event.slowing;
  }
}

const MIB = 1 << 20;

/** So many are shown from either end: a guest that hardly does anything has hundreds, all alike. */
const SHOWN = 5;

export function renderPasses(passes: readonly Pass[]): string {
  const lines = passes.map(({ pass, from, remaining, slowing }) => {
    const slowed = slowing.by === "nothing" ? "" : `   ${slowingText(slowing)}`;
    return `  pass ${String(pass).padStart(3)}  at ${(from / 1000).toFixed(2).padStart(6)} s  ${(remaining / MIB).toFixed(1).padStart(8)} MiB to send${slowed}\n`;
  });
  const left = lines.length - 2 * SHOWN;
  return left <= 1 ? lines.join("") : [...lines.slice(0, SHOWN), `  … ${left} more\n`, ...lines.slice(-SHOWN)].join("");
}

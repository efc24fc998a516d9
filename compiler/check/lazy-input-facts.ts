import type { Source } from "../describe/index.ts";
import type { InputFacts } from "./report.ts";

/**
 * What a report says of an input. The digest is taken when it is read: a report that is only shown as text never needs it. One getter serves
 * all, for the reason that LazyPlace gives.
 */
export class LazyInputFacts implements InputFacts {
  readonly path: string;
  readonly machine: string | null;
  declare readonly sha256: string;
  readonly #digest: () => string;

  constructor(source: Source, machine: string | undefined) {
    this.path = source.path;
    this.machine = machine ?? null;
    this.#digest = source.sha256;
    Object.defineProperties(this, DIGESTED);
  }

  digest(): string {
    return this.#digest();
  }
}

const DIGESTED = { sha256: { enumerable: true, get: digestOf } };

function digestOf(this: LazyInputFacts): string {
  return this.digest();
}

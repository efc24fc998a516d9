import { join } from "node:path";
import type { Codec, View } from "../../runtime/codec/v1.ts";
import type { State } from "../interpret/input.ts";
import { SECTION_CHECKS } from "./checks/index.ts";
import { type RuleOutcome, ruleHolds } from "./checks/rule-holds.ts";
import { keyOf } from "./generated.ts";
import type { Cell } from "./matrix.ts";
import type { Rule } from "./rules/find-rules.ts";
import type { Effort, LoadedSection } from "./section.ts";

/** Imports a generated file by its full path. */
export type Import = (path: string) => Promise<unknown>;

/** Runs checks of sections, each once for all builds in which it is the same, and gives what came of it to each of them. */
export class SectionRuns {
  readonly #gen: string;
  readonly #import: Import;
  readonly #effort: (cell: Cell) => Effort;
  readonly #keys = new Map<Cell, string>();
  readonly #done = new Map<string, Promise<unknown>>();

  constructor(gen: string, effort: (cell: Cell) => Effort, importFile: Import) {
    this.#gen = gen;
    this.#effort = effort;
    this.#import = importFile;
  }

  check(cell: Cell, name: string): Promise<readonly string[]> {
    return this.#once(cell, name, async () => SECTION_CHECKS[name]?.(await this.#load(cell), this.#effort(cell)) ?? []);
  }

  rule(cell: Cell, rule: Rule): Promise<RuleOutcome> {
    const name = `${rule.kind} ${rule.path} ${rule.text}`;
    return this.#once(cell, name, async () => ruleHolds(await this.#load(cell), rule, this.#effort(cell)));
  }

  #load(cell: Cell): Promise<LoadedSection> {
    return this.#once(cell, "", async () => {
      const { codec } = (await this.#import(join(this.#gen, cell.generated.codec))) as { codec: Codec<State, unknown> };
      const { view } = (await this.#import(join(this.#gen, cell.generated.view))) as { view: View<State> };
      return { ...cell, codec, view };
    });
  }

  #once<T>(cell: Cell, what: string, work: () => Promise<T>): Promise<T> {
    const key = `${this.#keyOf(cell)} ${what}`;
    const known = this.#done.get(key) as Promise<T> | undefined;
    const run = known ?? work();
    if (known === undefined) this.#done.set(key, run);
    return run;
  }

  #keyOf(cell: Cell): string {
    const key = this.#keys.get(cell) ?? keyOf(this.#gen, cell.vmsds, cell.generated);
    this.#keys.set(cell, key);
    return key;
  }
}

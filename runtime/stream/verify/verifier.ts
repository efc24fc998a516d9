import type { SectionLayout } from "../description/layout.ts";
import type { Problem } from "../errors.ts";
import type { Item, PageRecord, RamBlockItem, SectionItem } from "../item.ts";
import type { Sink } from "../read/context.ts";
import { checkState } from "./check-state.ts";
import { checkCommand } from "./command-check.ts";
import { Findings } from "./findings.ts";
import { RamCheck } from "./ram-check.ts";
import { SectionCheck } from "./section-check.ts";

/** Finds all that is wrong with a stream and can be told apart. Needs pages' payloads; `end` must be called behind the last item. */
export class Verifier implements Sink {
  readonly findings = new Findings();
  readonly #ram = new RamCheck(this.findings);
  readonly #sections = new SectionCheck(this.findings);
  readonly #blocks = new Map<string, RamBlockItem>();

  item = (item: Exclude<Item, SectionItem>): void => {
    if (item.item === "ram-block") this.#blocks.set(item.name, item);
    if (item.item === "command") checkCommand(item, this.#blocks, this.findings);
    this.#ram.item(item);
    this.#sections.item(item);
  };

  section = (item: SectionItem, bytes: Uint8Array, layout: SectionLayout | undefined): void => {
    this.#sections.section(item);
    if (layout !== undefined) checkState(layout, { bytes, at: item.body.at }, this.findings);
  };

  page = (record: PageRecord, bytes: Uint8Array): void => this.#ram.page(record, bytes);

  problem = ({ code, at, path, message }: Problem): void =>
    this.findings[code === "unsupported" ? "note" : "error"](code, at, path, message);

  /** Of a stream that could not be read as a whole nothing is said to be missing. */
  end(): void {
    if (!this.#sections.isWhole) return;
    this.#ram.end();
    this.#sections.end();
  }
}

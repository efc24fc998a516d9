import type { SectionLayout } from "../description/layout.ts";
import type { Problem } from "../errors.ts";
import type { GapItem, Item, PageRecord, SectionItem } from "../item.ts";
import type { Sink } from "../read/context.ts";
import { itemToJson, STREAM_SCHEMA, sectionToJson } from "./document.ts";
import { PageRuns, type Payloads } from "./page-form.ts";

/** Writes a stream as a document, an item a line, while it is read. `end` must be called behind the last. */
export class DocumentWriter implements Sink {
  readonly problems: Problem[] = [];
  #items = 0;
  #gap: { at: number; bytes: number } | undefined;
  readonly #runs: PageRuns;
  readonly #write: (text: string) => void;

  /** `payloads` takes what pages hold; left out, it stands in the document. */
  constructor(write: (text: string) => void, payloads?: Payloads) {
    this.#write = write;
    this.#runs = new PageRuns(payloads, (run) => this.#line(run));
    write(`{"schema": ${JSON.stringify(STREAM_SCHEMA)}, "items": [`);
  }

  item = (item: Exclude<Item, SectionItem>): void => {
    this.#runs.flush();
    if (item.item === "gap") this.#addGap(item);
    else {
      this.#flushGap();
      this.#line(itemToJson(item));
    }
  };

  section = (item: SectionItem, body: Uint8Array, layout: SectionLayout | undefined): void => {
    this.#runs.flush();
    this.#line(sectionToJson(item, body, layout, this.problem));
  };

  page = (record: PageRecord, bytes: Uint8Array): void => {
    this.#flushGap();
    this.#runs.add(record, bytes);
  };

  problem = (problem: Problem): void => {
    this.problems.push(problem);
  };

  end(more: object = {}): void {
    this.#runs.flush();
    this.#flushGap();
    const tail = Object.entries(more).map(([key, value]) => `,\n${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    this.#write(`\n]${tail.join("")}}\n`);
  }

  /** Neighbours are one. */
  #addGap({ at, bytes }: GapItem): void {
    if (this.#gap === undefined) this.#gap = { at, bytes };
    else this.#gap.bytes += bytes;
  }

  #flushGap(): void {
    const gap = this.#gap;
    this.#gap = undefined;
    if (gap !== undefined) this.#line(itemToJson({ item: "gap", ...gap }));
  }

  #line(json: object): void {
    this.#write(`${this.#items++ === 0 ? "" : ","}\n${JSON.stringify(json)}`);
  }
}

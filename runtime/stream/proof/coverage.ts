import type { Problem } from "../errors.ts";
import type { Item, PageRecord, SectionItem } from "../item.ts";
import type { Sink } from "../read/context.ts";

/** Hands a stream on, and throws where an item does not begin at the byte behind the one before. */
export class Coverage implements Sink {
  /** Offset behind the last item. */
  end = 0;
  #problems = 0;
  readonly #sink: Sink;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  item = (item: Exclude<Item, SectionItem>): void => {
    this.#follow(item.item, item);
    this.#sink.item(item);
  };

  section = (...[item, body, layout]: Parameters<Sink["section"]>): void => {
    this.#follow(item.name, item);
    if (item.body.at < item.at || item.body.at + item.body.bytes !== this.end || body.length !== item.body.bytes)
      throw new Error(`The body of ${item.name} is not its end.`);
    this.#sink.section(item, body, layout);
  };

  page = (record: PageRecord, bytes: Uint8Array): void => {
    this.#follow(`a ${record.kind} page`, record);
    this.#sink.page(record, bytes);
  };

  problem = (problem: Problem): void => {
    if (!(problem.at >= 0) || problem.message === "")
      throw new Error(`A problem without a place or a sentence: ${JSON.stringify(problem)}.`);
    this.#problems++;
    this.#sink.problem(problem);
  };

  get problems(): number {
    return this.#problems;
  }

  #follow(name: string, { at, bytes }: { at: number; bytes: number }): void {
    if (at !== this.end || !(bytes > 0))
      throw new Error(`${name} has ${bytes} bytes at offset ${at}; the item before ends at ${this.end}.`);
    this.end += bytes;
  }
}

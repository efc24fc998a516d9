import type { SectionLayout } from "../../runtime/stream/description/layout.ts";
import type { Problem } from "../../runtime/stream/errors.ts";
import type { SectionItem } from "../../runtime/stream/item.ts";
import { sectionToJson } from "../../runtime/stream/json/document.ts";
import { type Leaf, leavesOf } from "../../runtime/stream/leaves.ts";
import type { Sink } from "../../runtime/stream/read/context.ts";
import { isNamed } from "../../runtime/stream/section-name.ts";
import type { SectionState } from "../../runtime/stream/state.ts";

/** What was asked for by name: sections as decode prints them, or fields alone. */
export class Selection implements Sink {
  readonly found: object[] = [];
  readonly problems: Problem[] = [];
  readonly #sections: readonly string[] | undefined;
  readonly #fields: readonly string[] | undefined;

  constructor(sections: readonly string[] | undefined, fields: readonly string[] | undefined) {
    this.#sections = sections;
    this.#fields = fields;
  }

  item = (): void => {};
  page = (): void => {};

  section = (item: SectionItem, body: Uint8Array, layout: SectionLayout | undefined): void => {
    if (this.#sections !== undefined && !this.#sections.some((name) => isNamed(item.name, name))) return;
    const json = sectionToJson(item, body, layout, this.problem);
    if (this.#fields === undefined) {
      this.found.push(json);
      return;
    }
    const { name, instance } = item;
    for (const leaf of leavesOf(json as unknown as SectionState))
      if (this.#fields.some((path) => isBelow(leaf, path))) this.found.push({ section: name, instance, ...leaf });
  };

  problem = (problem: Problem): void => {
    this.problems.push(problem);
  };
}

function isBelow({ path }: Leaf, wanted: string): boolean {
  return path === wanted || ([".", "[", "#"].includes(path.charAt(wanted.length)) && path.startsWith(wanted));
}

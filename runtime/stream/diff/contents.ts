import type { SectionLayout } from "../description/layout.ts";
import type { Problem } from "../errors.ts";
import type { Item, PageRecord, SectionItem } from "../item.ts";
import { itemToJson } from "../json/document.ts";
import type { Sink } from "../read/context.ts";
import type { KeptSection } from "./section-state.ts";

/** What a stream holds, kept for comparing: the states of its devices whole. */
export class Contents implements Sink {
  readonly problems: Problem[] = [];
  /** What stands around the sections, by what it is, as JSON. */
  readonly container = new Map<string, unknown>([
    ["machine", null],
    ["footers", false],
    ["description", false],
  ]);
  /** Sections by name and instance, those that are sent in parts without a body. */
  readonly sections = new Map<string, KeptSection>();

  item = (item: Exclude<Item, SectionItem>): void => {
    switch (item.item) {
      case "header":
        this.container.set("version", item.version);
        return;
      case "configuration": {
        this.container.set("machine", item.machine);
        const { subsections } = itemToJson(item) as { readonly subsections: readonly { readonly name: string }[] };
        for (const each of subsections) this.container.set(each.name, each);
        return;
      }
      case "footer":
        this.container.set("footers", true);
        return;
      case "description":
        this.container.set("description", true);
        return;
      case "command": {
        const { command, payload } = itemToJson(item);
        const commands = (this.container.get("commands") ?? []) as readonly unknown[];
        this.container.set("commands", [...commands, { command, payload }]);
        return;
      }
      default:
        return;
    }
  };

  section = (item: SectionItem, body: Uint8Array, layout: SectionLayout | undefined): void => {
    this.sections.set(this.#keyOf(item), { item, body: body.slice(), layout });
  };

  page = (_record: PageRecord, _bytes: Uint8Array): void => {};

  problem = (problem: Problem): void => {
    this.problems.push(problem);
  };

  /** A second section of one name and instance, which no real stream has, is a section of its own. */
  #keyOf({ name, instance }: SectionItem): string {
    let key = `${instance}:${name}`;
    while (this.sections.has(key)) key = `again ${key}`;
    return key;
  }
}

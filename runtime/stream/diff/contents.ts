import type { SectionLayout } from "../description/layout.ts";
import type { Problem } from "../errors.ts";
import type { Item, PageRecord, SectionItem, StartItem } from "../item.ts";
import { itemToJson } from "../json/document.ts";
import type { Sink } from "../read/context.ts";
import { PartContents } from "./part-contents.ts";
import type { RamContents } from "./ram-contents.ts";
import type { KeptSection } from "./section-state.ts";

/** What a stream holds, kept for comparing: the states of its devices whole, of the rest hashes. */
export class Contents implements Sink {
  readonly problems: Problem[] = [];
  /** What stands around the sections, by what it is, as JSON. */
  readonly container = new Map<string, unknown>([
    ["machine", null],
    ["footers", false],
    ["description", false],
  ]);
  /** Devices' sections by name and instance. */
  readonly sections = new Map<string, KeptSection>();
  /** Those that are sent in parts, by name and instance too. */
  readonly parts = new Map<string, { readonly item: StartItem; readonly contents: PartContents }>();
  readonly ram: RamContents | undefined;
  readonly #rest = new PartContents();
  readonly #byId = new Map<number, PartContents>();
  #current = this.#rest;

  /** `ram` takes pages, with their payloads; without it RAM is not compared. */
  constructor(ram: RamContents | undefined) {
    this.ram = ram;
  }

  /** Names of all sections. */
  get names(): string[] {
    return [...this.sections.values(), ...this.parts.values()].map(({ item }) => item.name);
  }

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
        // A package's length is that of what it holds.
        this.container.set("commands", [...commands, command === "packaged" ? { command } : { command, payload }]);
        return;
      }
      case "start": {
        const contents = new PartContents();
        this.parts.set(unused(this.parts, item), { item, contents });
        this.#byId.set(item.id, contents);
        this.#current = contents;
        return;
      }
      case "part":
      case "end":
        this.#current = this.#byId.get(item.id) ?? this.#rest;
        return;
      case "ram-block":
        this.ram?.block(item);
        return;
      case "disk":
        this.#current.disk(item);
        return;
      case "bitmap-chunk":
        this.#current.bitmap(item);
        return;
      case "opaque":
        this.#current.opaque(item);
        return;
      case "rest":
        this.container.set("bytes behind the end", ((this.container.get("bytes behind the end") as number | undefined) ?? 0) + item.bytes);
        return;
    }
  };

  section = (item: SectionItem, body: Uint8Array, layout: SectionLayout | undefined): void => {
    this.sections.set(unused(this.sections, item), { item, body: body.slice(), layout });
  };

  page = (record: PageRecord, bytes: Uint8Array): void => {
    this.ram?.page(record, bytes, this.problem);
  };

  problem = (problem: Problem): void => {
    this.problems.push(problem);
  };
}

/** A second section of one name and instance, which no real stream has, is a section of its own. */
function unused(sections: ReadonlyMap<string, unknown>, { name, instance }: SectionItem | StartItem): string {
  let key = `${instance}:${name}`;
  while (sections.has(key)) key = `again ${key}`;
  return key;
}

import type { Item, SectionItem, StartItem } from "../item.ts";
import { isSection, RewriteError, type SectionName } from "./edits.ts";

export interface DroppedSection {
  readonly name: string;
  readonly instance: number;
}

/** Tells which items belong to sections that are left out. */
export class SectionDropper {
  readonly dropped: DroppedSection[] = [];
  readonly #names: readonly SectionName[];
  readonly #found = new Set<SectionName>();
  readonly #ids = new Set<number>();
  /** True within such a section, up to its footer. */
  #isWithin = false;

  constructor(names: readonly SectionName[]) {
    this.#names = names;
  }

  /** To be asked of every item that is no device's section. */
  takesItem(item: Exclude<Item, SectionItem>): boolean {
    switch (item.item) {
      case "start":
        return this.takesSection(item);
      case "part":
      case "end":
        this.#isWithin = this.#ids.has(item.id);
        return this.#isWithin;
      case "command":
      case "eof":
      case "description":
      case "rest":
        this.#isWithin = false;
        return false;
      case "footer": {
        const isTaken = this.#isWithin;
        this.#isWithin = false;
        return isTaken;
      }
      default:
        return this.#isWithin;
    }
  }

  takesSection(section: SectionItem | StartItem): boolean {
    const { id, name, instance } = section;
    const meant = this.#names.filter((each) => isSection(each, section));
    this.#isWithin = meant.length > 0;
    if (!this.#isWithin) return false;
    if (name === "ram") throw new RewriteError("RAM is not dropped: no stream is without it.");
    for (const each of meant) this.#found.add(each);
    this.dropped.push({ name, instance });
    if (section.item === "start") this.#ids.add(id);
    return true;
  }

  /** Whether pages that come now are left out. */
  get takesPages(): boolean {
    return this.#isWithin;
  }

  /** Throws RewriteError for a section that the stream does not have. */
  end(): void {
    for (const each of this.#names) {
      const { name, instance } = each;
      if (this.#found.has(each)) continue;
      throw new RewriteError(`The stream has no section '${instance === undefined ? name : `${name}:${instance}`}' that could be dropped.`);
    }
  }
}

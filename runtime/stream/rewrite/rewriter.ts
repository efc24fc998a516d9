import type { SectionLayout } from "../description/layout.ts";
import type { Problem } from "../errors.ts";
import { COMMANDS } from "../format.ts";
import type { CommandItem, ConfigurationItem, Item, PageRecord, SectionItem, StartItem } from "../item.ts";
import { itemToJson, sectionToJson, writeItem } from "../json/document.ts";
import type { Out } from "../out.ts";
import type { Sink } from "../read/context.ts";
import type { SectionState } from "../state.ts";
import { dropFromState } from "./drop-subsections.ts";
import { type Edits, isSection, RewriteError, type SectionName } from "./edits.ts";
import { MappedShift } from "./mapped-shift.ts";
import { Package } from "./package.ts";
import type { RamWriter } from "./ram-writer.ts";
import { FieldSetter } from "./set-field.ts";
import { type DroppedSection, describeSizes, editDescription, type WrittenSection } from "./write-description.ts";

const PACKAGED = COMMANDS.findIndex(({ name }) => name === "packaged");

/**
 * Writes a stream again while it is read, every item from what was read of it, with some edits. What refers to another place of the stream
 * follows the edits: the description, the length of a package, offsets of mapped RAM.
 */
export class Rewriter implements Sink {
  readonly problems: Problem[] = [];
  readonly #edits: Edits;
  readonly #out: Package;
  readonly #ram: RamWriter;
  readonly #fields: FieldSetter;
  readonly #subsections: ReadonlySet<string>;
  readonly #mapped = new MappedShift();
  readonly #written: WrittenSection[] = [];
  readonly #dropped: DroppedSection[] = [];
  readonly #droppedIds = new Set<number>();
  readonly #foundSections = new Set<SectionName>();
  readonly #foundSubsections = new Set<string>();
  /** True within a section that is left out, up to its footer. */
  #isDropping = false;
  #hasDescription = false;
  #hasMachine = false;

  constructor(out: Out, edits: Edits, ram: RamWriter) {
    this.#edits = edits;
    this.#out = new Package(out);
    this.#ram = ram;
    this.#fields = new FieldSetter(edits.set);
    this.#subsections = new Set(edits.dropSubsections);
  }

  item = (item: Exclude<Item, SectionItem>): void => {
    this.#out.reach(item.at);
    switch (item.item) {
      case "configuration":
        this.#hasMachine = true;
        this.#write(this.#configuration(item));
        return;
      case "start":
        this.#isDropping = this.#drops(item);
        break;
      case "part":
      case "end":
        this.#isDropping = this.#droppedIds.has(item.id);
        break;
      case "command":
        this.#isDropping = false;
        this.#command(item);
        return;
      case "eof":
        this.#isDropping = false;
        break;
      case "description":
        this.#description(item);
        return;
      case "rest":
        this.#write(item);
        return;
    }
    if (this.#isDropping) {
      if (item.item === "footer") this.#isDropping = false;
      return;
    }
    if (this.#ram.item(item, this.#out.current)) return;
    const shifted = this.#mapped.item(item, this.#out.current.offset);
    if (shifted !== undefined) this.#write(shifted);
    if (item.item === "eof") this.#describe();
  };

  section = (item: SectionItem, body: Uint8Array, layout: SectionLayout | undefined): void => {
    this.#out.reach(item.at);
    this.#isDropping = this.#drops(item);
    if (this.#isDropping) return;
    this.#ram.section(this.#out.current);
    const set = this.#fields.apply(item, body, layout);
    const json = sectionToJson(item, set, layout, this.#refuse);
    const state = dropFromState(json as unknown as SectionState, this.#subsections, this.#foundSubsections);
    const before = this.#out.current.offset;
    writeItem(this.#out.current, { ...json, ...state }, item.name, undefined);
    const { name, instance } = item;
    // Type, id, counted name, instance and version stand before it.
    const head = 1 + 4 + 1 + name.length + 4 + 4;
    this.#written.push({ name, instance, size: this.#out.current.offset - before - head });
  };

  page = (record: PageRecord, bytes: Uint8Array): void => {
    this.#out.reach(record.at);
    if (!this.#isDropping) this.#ram.page(record, bytes, this.#out.current);
  };

  problem = (problem: Problem): void => {
    this.problems.push(problem);
  };

  /** To be called behind the last item. Throws RewriteError for an edit that met nothing. */
  end(): void {
    const { machine, dropSections, dropSubsections, description } = this.#edits;
    this.#out.reach(Number.POSITIVE_INFINITY);
    this.#fields.end();
    if (machine !== undefined && !this.#hasMachine)
      throw new RewriteError("The stream names no machine type that could be changed: it has no configuration section.");
    for (const each of dropSections)
      if (!this.#foundSections.has(each)) throw new RewriteError(`The stream has no section '${nameOf(each)}' that could be dropped.`);
    for (const name of dropSubsections)
      if (!this.#foundSubsections.has(name))
        throw new RewriteError(`No section that is described in the stream has a subsection '${name}'.`);
    if (description === "drop" && !this.#hasDescription) throw new RewriteError("The stream has no description that could be dropped.");
  }

  /** Bytes that are not as described have no subsections that could be found. */
  #refuse = (problem: Problem): void => {
    if (this.#subsections.size > 0)
      throw new RewriteError(`No subsection is dropped from a damaged stream; at offset ${problem.at}: ${problem.message}`);
    this.problems.push(problem);
  };

  #configuration(item: ConfigurationItem): ConfigurationItem {
    const subsections = item.subsections.filter(({ name }) => {
      if (this.#subsections.has(name)) this.#foundSubsections.add(name);
      return !this.#subsections.has(name);
    });
    return { ...item, subsections, machine: this.#edits.machine ?? item.machine };
  }

  #drops(section: SectionItem | StartItem): boolean {
    const { id, name, instance } = section;
    const found = this.#edits.dropSections.filter((each) => isSection(each, section));
    if (found.length === 0) return false;
    if (name === "ram") throw new RewriteError("RAM is not dropped: no stream is without it.");
    for (const each of found) this.#foundSections.add(each);
    this.#dropped.push({ name, instance });
    if (section.item === "start") this.#droppedIds.add(id);
    return true;
  }

  #command(item: CommandItem): void {
    this.#ram.command(item);
    if (item.command === PACKAGED && item.payload.length === 4) this.#out.open(item);
    else this.#write(item);
  }

  #description(item: Extract<Item, { item: "description" }>): void {
    this.#hasDescription = true;
    const { machine, description } = this.#edits;
    if (description === "add") throw new RewriteError("The stream has a description already.");
    if (description === "drop") return;
    const isEdited = this.#dropped.length > 0 || this.#foundSubsections.size > 0 || machine !== undefined;
    this.#write(isEdited ? { ...item, text: editDescription(item, this.#edits, this.#dropped) } : item);
  }

  #describe(): void {
    if (this.#edits.description !== "add") return;
    const text = describeSizes(this.#written, this.#ram.pageSize);
    this.#write({ item: "description", at: 0, bytes: 0, text });
  }

  #write(item: Exclude<Item, SectionItem>): void {
    writeItem(this.#out.current, itemToJson(item), item.item, undefined);
  }
}

function nameOf({ name, instance }: SectionName): string {
  return instance === undefined ? name : `${name}:${instance}`;
}

import type { SectionLayout } from "../description/layout.ts";
import type { Problem } from "../errors.ts";
import { COMMANDS } from "../format.ts";
import type { CommandItem, ConfigurationItem, Item, PageRecord, SectionItem } from "../item.ts";
import { itemToJson, sectionToJson, writeItem } from "../json/document.ts";
import type { Out } from "../out.ts";
import type { Sink } from "../read/context.ts";
import type { SectionState } from "../state.ts";
import { SectionDropper } from "./drop-sections.ts";
import { dropFromState } from "./drop-subsections.ts";
import { type Edits, RewriteError } from "./edits.ts";
import { MappedShift } from "./mapped-shift.ts";
import { Package } from "./package.ts";
import type { RamWriter } from "./ram-writer.ts";
import { FieldSetter } from "./set-field.ts";
import { describeSizes, editDescription, type WrittenSection } from "./write-description.ts";

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
  readonly #sections: SectionDropper;
  readonly #foundSubsections = new Set<string>();
  #hasDescription = false;
  #hasMachine = false;

  constructor(out: Out, edits: Edits, ram: RamWriter) {
    this.#edits = edits;
    this.#out = new Package(out);
    this.#ram = ram;
    this.#fields = new FieldSetter(edits.set);
    this.#sections = new SectionDropper(edits.dropSections);
    this.#subsections = new Set(edits.dropSubsections);
  }

  item = (item: Exclude<Item, SectionItem>): void => {
    this.#out.reach(item.at);
    if (this.#sections.takesItem(item)) return;
    if (item.item === "configuration") this.#configuration(item);
    else if (item.item === "command") this.#command(item);
    else if (item.item === "description") this.#description(item);
    else if (!this.#ram.item(item, this.#out.current)) {
      const shifted = this.#mapped.item(item, this.#out.current.offset);
      if (shifted !== undefined) this.#write(shifted);
      if (item.item === "eof") this.#describe();
    }
  };

  section = (item: SectionItem, body: Uint8Array, layout: SectionLayout | undefined): void => {
    this.#out.reach(item.at);
    if (this.#sections.takesSection(item)) return;
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
    if (!this.#sections.takesPages) this.#ram.page(record, bytes, this.#out.current);
  };

  problem = (problem: Problem): void => {
    this.problems.push(problem);
  };

  /** To be called behind the last item. Throws RewriteError for an edit that met nothing. */
  end(): void {
    const { machine, dropSubsections, description } = this.#edits;
    this.#out.reach(Number.POSITIVE_INFINITY);
    this.#fields.end();
    this.#sections.end();
    if (machine !== undefined && !this.#hasMachine)
      throw new RewriteError("The stream names no machine type that could be changed: it has no configuration section.");
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

  #configuration(item: ConfigurationItem): void {
    this.#hasMachine = true;
    const subsections = item.subsections.filter(({ name }) => {
      if (!this.#subsections.has(name)) return true;
      if (name !== "configuration/uuid") throw new RewriteError(`The subsection '${name}' is not dropped: RAM is sent as it says.`);
      this.#foundSubsections.add(name);
      return false;
    });
    this.#write({ ...item, subsections, machine: this.#edits.machine ?? item.machine });
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
    const { dropped } = this.#sections;
    const isEdited = dropped.length > 0 || this.#foundSubsections.size > 0 || machine !== undefined;
    this.#write(isEdited ? { ...item, text: editDescription(item, this.#edits, dropped) } : item);
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

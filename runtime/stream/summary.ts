import type { SectionLayout, VmsdLayout } from "./description/layout.ts";
import type { Problem } from "./errors.ts";
import { COMMANDS } from "./format.ts";
import type { Framing, Item, PageKind, PageRecord, PageSeries, SectionItem } from "./item.ts";
import { compressionOf, cString, PACKET_MEMORY, packedBytes } from "./multifd.ts";
import type { RamDigests } from "./ram/ram-digests.ts";
import type { Sink } from "./read/context.ts";
import { SeenPages } from "./seen-pages.ts";
import type { MultifdPacketItem } from "./wire-item.ts";
import { WireSummary } from "./wire-summary.ts";

export interface SectionSummary {
  readonly name: string;
  readonly instance: number;
  readonly version: number;
  /** Bytes with head and footer; of a section that is sent in parts, of all of them. */
  bytes: number;
  /** Parts in which it came. */
  parts: number;
  /** The field that takes most of it, where its fields are known. */
  readonly mostly?: { readonly field: string; readonly bytes: number };
  /** What told where it ends; nothing for a section that is sent in parts. */
  readonly framing?: Framing;
}

export interface BlockSummary {
  readonly name: string;
  /** Nothing where only the main connection says it. */
  readonly length: number | undefined;
  readonly pages: Record<PageKind, number>;
  /** Pages that came more than once: the guest wrote to them meanwhile. Undefined where there are too many to count. */
  resent: number | undefined;
  /** Bytes of its records. */
  bytes: number;
  /** Of what it holds in the end; only when hashes are taken, and where xbzrle does not stand in the way. */
  digest?: string;
}

const MOST_COMMANDS = 1 << 12;

/** What a stream is made of, and where its bytes go. */
export class Summary implements Sink {
  machine: string | undefined;
  /** By what they are: `opaque` are bytes of devices that nothing explains. */
  readonly bytes = { total: 0, container: 0, ram: 0, decoded: 0, opaque: 0 };
  readonly container = { configuration: false, footers: false, description: false };
  readonly sections: SectionSummary[] = [];
  readonly blocks = new Map<string, BlockSummary>();
  readonly capabilities: string[] = [];
  /** Names of commands in their order; of very many the first. */
  readonly commands: string[] = [];
  readonly problems: Problem[] = [];
  /** What there is on other connections than the main one. */
  readonly wire = new WireSummary();
  readonly #seen = new SeenPages();
  readonly #byId = new Map<number, SectionSummary>();
  #current: SectionSummary | undefined;
  /** That of the page before. */
  #lastBlock: BlockSummary | undefined;
  readonly #digests: RamDigests | undefined;

  /** With digests of RAM, for which payloads of pages must be read. */
  constructor(digests?: RamDigests) {
    this.#digests = digests;
  }

  item = (item: Exclude<Item, SectionItem>): void => {
    this.bytes.total += item.bytes;
    this.bytes[this.#shareOf(item)] += item.bytes;
    this.wire.item(item);
    switch (item.item) {
      case "configuration":
        this.machine = item.machine;
        this.container.configuration = true;
        for (const each of item.subsections) if ("capabilities" in each) this.capabilities.push(...each.capabilities);
        return;
      case "start":
        this.#current = { name: item.name, instance: item.instance, version: item.version, bytes: 0, parts: 0 };
        this.#byId.set(item.id, this.#current);
        this.sections.push(this.#current);
        break;
      case "part":
      case "end":
        this.#current = this.#byId.get(item.id);
        break;
      case "footer":
        this.container.footers = true;
        break;
      case "description":
        this.container.description = true;
        return;
      case "command":
        if (this.commands.length < MOST_COMMANDS) this.commands.push(COMMANDS[item.command]?.name ?? `${item.command}`);
        return;
      case "ram-block":
        this.blocks.set(item.name, newBlock(item.name, item.length));
        break;
      case "multifd-packet":
        this.#addPacket(item);
        return;
      case "header":
      case "eof":
      case "rest":
        return;
    }
    if (this.#current === undefined) return;
    this.#current.bytes += item.bytes;
    if (item.item === "start" || item.item === "part" || item.item === "end") this.#current.parts++;
  };

  section = (item: SectionItem, _body: Uint8Array, layout: SectionLayout | undefined): void => {
    const { id, name, instance, version, framing, bytes, body } = item;
    this.bytes.total += bytes;
    this.bytes.container += bytes - body.bytes;
    this.bytes[layout?.vmsd === undefined ? "opaque" : "decoded"] += body.bytes;
    const mostly = layout?.vmsd === undefined ? undefined : biggestField(layout.vmsd);
    this.#current = { name, instance, version, bytes, parts: 1, framing, ...(mostly === undefined ? {} : { mostly }) };
    this.#byId.set(id, this.#current);
    this.sections.push(this.#current);
  };

  page = (record: PageRecord, memory: Uint8Array): void => {
    const { kind, block: name, offset, pageSize, bytes, mark } = record;
    this.#digests?.add(record, memory);
    this.bytes.total += bytes;
    this.bytes.ram += bytes;
    if (this.#current !== undefined) this.#current.bytes += bytes;
    if (kind === "mapped" && mark === 0) return;
    const block = this.#block(name);
    block.bytes += bytes;
    this.#addPage(block, kind, offset / pageSize);
  };

  pages = (series: PageSeries, memory: Uint8Array): void => {
    const { block: name, offset, pageSize, pages, bytes } = series;
    this.#digests?.addSeries(series, memory);
    this.bytes.total += bytes;
    this.bytes.ram += bytes;
    if (this.#current !== undefined) this.#current.bytes += bytes;
    const block = this.#block(name);
    block.bytes += bytes;
    block.pages.page += pages;
    const isNew = this.#seen.addRun(name, offset / pageSize, pages);
    block.resent = isNew === undefined || block.resent === undefined ? undefined : block.resent + pages - isNew;
  };

  #addPage(block: BlockSummary, kind: PageKind, page: number): void {
    block.pages[kind]++;
    const isNew = this.#seen.add(block.name, page);
    if (isNew === undefined) block.resent = undefined;
    else if (!isNew && block.resent !== undefined) block.resent++;
  }

  /** On other connections than the main one no list goes before. */
  #block(name: string): BlockSummary {
    if (this.#lastBlock?.name === name) return this.#lastBlock;
    const block = this.blocks.get(name) ?? newBlock(name, undefined);
    this.blocks.set(name, block);
    this.#lastBlock = block;
    return block;
  }

  /** Pages that have no record of their own: zero pages, and those that are packed. */
  #addPacket(packet: MultifdPacketItem): void {
    const { block: name, flags, offsets, normalPages, zeroPages } = packet;
    if (normalPages + zeroPages === 0) return;
    const block = this.#block(cString(name));
    const isPacked = compressionOf(flags) !== "none";
    const pageSize = PACKET_MEMORY / packet.slots;
    for (const [at, offset] of offsets.slice(0, normalPages + zeroPages).entries()) {
      if (at >= normalPages) this.#addPage(block, "zero", Number(offset) / pageSize);
      else if (isPacked) this.#addPage(block, "compressed", Number(offset) / pageSize);
    }
    block.bytes += packedBytes(packet);
  }

  problem = (problem: Problem): void => {
    this.problems.push(problem);
  };

  /** Behind the last item. */
  end(): void {
    this.#digests?.end();
    for (const block of this.blocks.values()) {
      const digest = this.#digests?.digestOf(block.name);
      if (digest !== undefined) block.digest = digest;
    }
  }

  #shareOf({ item }: Item): "container" | "ram" | "opaque" {
    if (item === "opaque" || item === "rest" || item === "bitmap-chunk" || item === "disk" || item === "multifd-device") return "opaque";
    return item.startsWith("ram-") || item === "mapped-bitmap" || item === "gap" || item === "multifd-flush" || item === "multifd-packed"
      ? "ram"
      : "container";
  }
}

/** Of a vmsd and its subsections, whose fields are named with them; the elements of an array are one field. */
function biggestField(vmsd: VmsdLayout): SectionSummary["mostly"] {
  const bytes = new Map<string, number>();
  const add = ({ fields, subsections }: VmsdLayout, prefix: string): void => {
    for (const { name, size, count } of fields) bytes.set(`${prefix}${name}`, (bytes.get(`${prefix}${name}`) ?? 0) + size * count);
    for (const each of subsections) add(each, `${each.vmsd}.`);
  };
  add(vmsd, "");
  let most: SectionSummary["mostly"];
  for (const [field, size] of bytes) if (size > (most?.bytes ?? 0)) most = { field, bytes: size };
  return most;
}

function newBlock(name: string, length: number | undefined): BlockSummary {
  return { name, length, pages: { zero: 0, page: 0, xbzrle: 0, compressed: 0, mapped: 0, multifd: 0 }, resent: 0, bytes: 0 };
}

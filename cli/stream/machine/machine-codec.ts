import type { VmsdIr } from "../../../compiler/ir.ts";
import type { Program } from "../../../compiler/kinds/kind.ts";
import type { VmsdLayout } from "../../../runtime/codec/layout.ts";
import { type MachineFound, type SectionBytes, type SectionCodec, SectionRefusal } from "../../../runtime/stream/section-codec.ts";
import type { Candidate, Candidates } from "./candidate.ts";
import { otherChoices } from "./configured.ts";
import { isOwnWriting, type Read, tryRead } from "./read-section.ts";

/** One way to read a section, and the candidates that read it so. */
interface Reading extends Read {
  readonly by: readonly Candidate[];
}

/**
 * Reads sections by machine types that a stream may be of, and finds out on the way of which it is: a candidate that refuses a section, behind
 * whose end of it no stream can go on, or that would have written it otherwise, is dropped. What the candidates have alike is read once.
 */
export class MachineCodec implements SectionCodec {
  readonly onlyUndescribed: boolean;
  readonly #program: Program;
  readonly #isNamed: boolean;
  #left: readonly Candidate[];
  #sections = 0;
  /** Sections that candidates read in different ways, and those by whom they were not read here. */
  readonly #doubtful = new Map<string, readonly Candidate[]>();
  /** How far each candidate's order has been followed. */
  readonly #followed = new Map<Candidate, number>();
  readonly #seen = new Set<string>();

  /** By a machine type that was named, or by the first that fits of all that are known. */
  constructor({ list, program }: Candidates, isNamed: boolean) {
    this.#left = list;
    this.#program = program;
    this.#isNamed = isNamed;
    this.onlyUndescribed = !isNamed;
  }

  layoutOf(section: SectionBytes): VmsdLayout | undefined {
    this.#follow(section.name);
    const having = new Map<string, { readonly vmsd: VmsdIr; readonly by: Candidate[] }>();
    for (const candidate of this.#left) {
      const vmsd = candidate.find(section.name);
      const alike = vmsd === undefined ? undefined : having.get(vmsd.id);
      if (alike !== undefined) alike.by.push(candidate);
      else if (vmsd !== undefined) having.set(vmsd.id, { vmsd, by: [candidate] });
    }
    if (having.size === 0) return undefined;
    const all: Reading[] = [];
    const refusals: SectionRefusal[] = [];
    for (const { vmsd, by } of having.values()) {
      const read = this.#read(vmsd, section);
      if (read instanceof SectionRefusal) refusals.push(read);
      else all.push({ ...read, by });
    }
    const readings = this.#likely(all, section);
    const [first] = readings;
    if (first === undefined) throw refusals.find(({ isTruncated }) => isTruncated) ?? refusals[0];
    this.#left = this.#left.filter((each) => readings.some(({ by }) => by.includes(each)));
    const others = readings.filter(({ layout }) => JSON.stringify(layout) !== JSON.stringify(first.layout));
    if (others.length > 0)
      this.#doubtful.set(
        section.name,
        others.flatMap(({ by }) => by),
      );
    this.#sections++;
    return first.layout;
  }

  machine(): MachineFound | undefined {
    const [first] = this.#left;
    if (first === undefined || this.#sections === 0) return undefined;
    const shown = ({ name, profile }: Candidate): { name: string; profile?: string } => ({
      name,
      ...(profile === undefined ? {} : { profile }),
    });
    const undecided = [...this.#doubtful].flatMap(([section, others]) =>
      this.#left.some((each) => others.includes(each)) ? [section] : [],
    );
    return {
      ...shown(first),
      inferred: !this.#isNamed,
      candidates: this.#left.map(shown),
      ...(undecided.length === 0 ? {} : { undecided }),
    };
  }

  /** Of several ways those whose candidates would have written these bytes, if there are any: a user may have set what a machine type pins. */
  #likely(readings: readonly Reading[], { version, bytes }: SectionBytes): readonly Reading[] {
    if (readings.length < 2) return readings;
    const own = readings.filter((read) => isOwnWriting(this.#program, read, version, bytes));
    return own.length > 0 ? own : readings;
  }

  /** As the device is mostly configured, or in the first of the other ways behind which the stream can go on. */
  #read(vmsd: VmsdIr, section: SectionBytes): Read | SectionRefusal {
    const { name, version, bytes, isAll, fits } = section;
    const { read: usual, asked } = tryRead(this.#program, vmsd, version, bytes, {});
    if (!(usual instanceof SectionRefusal) && fits(usual.layout.size)) return usual;
    // When there are too few bytes to see what is right, none is tried that happens to need fewer.
    if (usual instanceof SectionRefusal && usual.isTruncated && !isAll) return usual;
    for (const properties of otherChoices(vmsd, this.#program, asked)) {
      const { read } = tryRead(this.#program, vmsd, version, bytes, properties);
      if (!(read instanceof SectionRefusal) && fits(read.layout.size)) return read;
    }
    if (usual instanceof SectionRefusal) return usual;
    const sentence = "By the descriptors the section ends here, behind which no stream can go on.";
    return new SectionRefusal(usual.layout.size, name, false, sentence);
  }

  /** Drops whoever would have written the section earlier. */
  #follow(section: string): void {
    const name = section.slice(section.lastIndexOf("/") + 1);
    // What was written before may come once more, as another instance.
    if (this.#seen.has(name)) return;
    this.#seen.add(name);
    const right = this.#left.filter((candidate) => {
      const place = candidate.order.indexOf(name);
      const before = this.#followed.get(candidate) ?? 0;
      if (place > before) this.#followed.set(candidate, place);
      return place < 0 || place >= before;
    });
    if (right.length > 0) this.#left = right;
  }
}

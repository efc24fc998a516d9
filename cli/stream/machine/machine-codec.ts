import type { Scalar, VmsdIr } from "../../../compiler/ir.ts";
import type { Program } from "../../../compiler/kinds/kind.ts";
import type { VmsdLayout } from "../../../runtime/codec/layout.ts";
import { type MachineFound, type SectionBytes, type SectionCodec, SectionRefusal } from "../../../runtime/stream/section-codec.ts";
import type { Candidate, Candidates } from "./candidate.ts";
import { choicesOf } from "./configured.ts";
import { readLayout } from "./read-layout.ts";

/** One way to read a section, and the candidates that read it so. */
interface Reading {
  readonly layout: VmsdLayout;
  readonly by: readonly Candidate[];
}

/**
 * Reads sections by machine types that a stream may be of, and finds out on the way of which it is: a candidate that refuses a section, or
 * behind whose end of it no stream can go on, is dropped. Sections that the candidates have alike are read once.
 */
export class MachineCodec implements SectionCodec {
  readonly onlyUndescribed: boolean;
  readonly #program: Program;
  readonly #isNamed: boolean;
  #left: readonly Candidate[];
  #sections = 0;
  readonly #undecided = new Set<string>();
  /** How far each candidate's order has been followed. */
  readonly #followed = new Map<Candidate, number>();
  readonly #seen = new Set<string>();
  readonly #choices = new Map<string, readonly Readonly<Record<string, Scalar>>[]>();

  /** By a machine type that was named, or by the first that fits of all that are known. */
  constructor({ list, program }: Candidates, isNamed: boolean) {
    this.#left = list;
    this.#program = program;
    this.#isNamed = isNamed;
    this.onlyUndescribed = !isNamed;
  }

  layoutOf(section: SectionBytes): VmsdLayout | undefined {
    this.#follow(section.name);
    const having = new Map<VmsdIr, Candidate[]>();
    for (const candidate of this.#left) {
      const vmsd = candidate.find(section.name);
      if (vmsd !== undefined) having.set(vmsd, [...(having.get(vmsd) ?? []), candidate]);
    }
    if (having.size === 0) return undefined;
    const readings: Reading[] = [];
    const refusals: SectionRefusal[] = [];
    for (const [vmsd, by] of having) {
      const read = this.#read(vmsd, section);
      if (read instanceof SectionRefusal) refusals.push(read);
      else readings.push({ layout: read, by });
    }
    const [first] = readings;
    if (first === undefined) throw refusals.find(({ isTruncated }) => isTruncated) ?? refusals[0];
    this.#left = this.#left.filter((each) => readings.some(({ by }) => by.includes(each)));
    if (new Set(readings.map(({ layout }) => JSON.stringify(layout))).size > 1) this.#undecided.add(section.name);
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
    const undecided = [...this.#undecided];
    return {
      ...shown(first),
      inferred: !this.#isNamed,
      candidates: this.#left.map(shown),
      ...(undecided.length === 0 ? {} : { undecided }),
    };
  }

  /** As the device is mostly configured, or in the first of the other ways behind which the stream can go on. */
  #read(vmsd: VmsdIr, { name, version, bytes, isAll, fits }: SectionBytes): VmsdLayout | SectionRefusal {
    let first: VmsdLayout | SectionRefusal | undefined;
    for (const properties of this.#choicesOf(vmsd)) {
      const read = readLayout(this.#program, vmsd.id, version, bytes, properties);
      if (!(read instanceof SectionRefusal) && fits(read.size)) return read;
      // When there are too few bytes to see what is right, none is tried that happens to need fewer.
      if (read instanceof SectionRefusal && read.isTruncated && !isAll) return read;
      first ??= read;
    }
    if (first instanceof SectionRefusal) return first;
    const size = first?.size ?? 0;
    return new SectionRefusal(size, name, false, "By the descriptors the section ends here, behind which no stream can go on.");
  }

  #choicesOf(vmsd: VmsdIr): readonly Readonly<Record<string, Scalar>>[] {
    const known = this.#choices.get(vmsd.id) ?? choicesOf(vmsd, this.#program);
    this.#choices.set(vmsd.id, known);
    return known;
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

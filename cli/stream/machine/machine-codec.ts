import type { VmsdIr } from "../../../compiler/ir.ts";
import type { Program } from "../../../compiler/kinds/kind.ts";
import type { VmsdLayout } from "../../../runtime/codec/layout.ts";
import { type MachineFound, type SectionBytes, type SectionCodec, SectionRefusal } from "../../../runtime/stream/section-codec.ts";
import type { Candidate, Candidates, Had } from "./candidate.ts";
import { otherChoices, turnedPins } from "./configured.ts";
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
    this.#take(section);
    const having = new Map<string, { readonly had: Had; readonly by: Candidate[] }>();
    for (const candidate of this.#left) {
      const had = candidate.find(section.name);
      const alike = had === undefined ? undefined : having.get(had.vmsd.id);
      if (alike !== undefined) alike.by.push(candidate);
      else if (had !== undefined) having.set(had.vmsd.id, { had, by: [candidate] });
    }
    if (having.size === 0) return undefined;
    const ways = [...having.values()];
    const tried = ways.map(({ had, by }) => ({ read: this.#read(had.vmsd, section), by }));
    const all = tried.flatMap(({ read, by }): Reading[] => (read instanceof SectionRefusal ? [] : [{ ...read, by }]));
    const readings = all.length > 0 ? this.#likely(all, section) : this.#overridden(ways, section);
    const [first] = readings;
    if (first === undefined) {
      const refusals = tried.flatMap(({ read }) => (read instanceof SectionRefusal ? [read] : []));
      throw refusals.find(({ isTruncated }) => isTruncated && !section.isAll) ?? refusals[0];
    }
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

  /** As a machine would have written it whose user set otherwise what the machine type pins; that tells nothing of the machine type. */
  #overridden(ways: readonly { readonly had: Had; readonly by: readonly Candidate[] }[], section: SectionBytes): readonly Reading[] {
    const { version, bytes, isAll } = section;
    for (const { had } of ways) {
      const { general, pins } = had;
      const { read: usual, asked } = tryRead(this.#program, general, version, bytes, pins);
      if (usual instanceof SectionRefusal && usual.isTruncated && !isAll) return [];
      const others = otherChoices(general, this.#program, asked).map((properties) => ({ ...pins, ...properties }));
      for (const properties of [...turnedPins(pins, asked), ...others]) {
        const { read } = tryRead(this.#program, general, version, bytes, properties);
        if (isRight(read, section)) return [{ ...read, by: this.#left }];
      }
    }
    return [];
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
      if (isRight(read, section)) return read;
    }
    if (usual instanceof SectionRefusal) return usual;
    const sentence = "By the descriptors the section ends here, behind which no stream can go on.";
    return new SectionRefusal(usual.layout.size, name, false, sentence);
  }

  /** Drops whoever is not named by the stream, or would have written the section earlier. */
  #take({ name: section, machine }: SectionBytes): void {
    if (machine !== undefined && !this.#isNamed) this.#left = this.#left.filter(({ name }) => name === machine);
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

/** Whether a section that is not as usual can be so: the stream goes on behind it, and no section is lost in it. */
function isRight(read: Read | SectionRefusal, { fits, swallows }: SectionBytes): read is Read {
  return !(read instanceof SectionRefusal) && fits(read.layout.size) && !swallows(read.layout.size);
}

import type { Item, PartItem, SectionItem, StartItem } from "../item.ts";
import type { Findings } from "./findings.ts";

/** Versions of the sections that are sent in parts: a receiver takes no others. */
const VERSIONS: Readonly<Record<string, number>> = { ram: 4, "dirty-bitmap": 1, block: 1 };

interface Begun {
  readonly name: string;
  readonly at: number;
  isEnded: boolean;
}

/** Holds what frames the sections together: what began has to end, once. */
export class SectionCheck {
  readonly #findings: Findings;
  readonly #begun = new Map<number, Begun>();
  #hasConfiguration = false;
  #hasFooters = false;
  #hasDescription = false;
  #isPostcopy = false;
  /** True on a connection that goes on where another broke: that one had the configuration. */
  #isRecovery = false;
  #isLost = false;
  /** Where the first footer would stand. */
  #behindFirst: number | undefined;
  /** Offset of the byte that ends the sections. */
  #eof: number | undefined;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /** Whether the stream was read to its end, all of it: otherwise what seems to be missing may be in what could not be read. */
  get isWhole(): boolean {
    return this.#eof !== undefined && !this.#isLost;
  }

  item(item: Exclude<Item, SectionItem>): void {
    switch (item.item) {
      case "configuration":
        this.#hasConfiguration = true;
        return;
      case "start":
        this.#start(item);
        return;
      case "part":
      case "end":
        this.#part(item);
        return;
      case "footer":
        this.#hasFooters = true;
        return;
      case "command":
        this.#isPostcopy ||= item.command === POSTCOPY_RUN || item.command === PACKAGED;
        this.#isRecovery ||= item.command === POSTCOPY_RESUME;
        return;
      case "eof":
        this.#eof = item.at;
        return;
      case "description":
        this.#hasDescription = true;
        return;
      case "rest":
        this.#isLost = true;
    }
  }

  section({ at, bytes }: SectionItem): void {
    this.#behindFirst ??= at + bytes;
  }

  /** What can be told of a stream that was read to its end. */
  end(): void {
    for (const { name, at, isEnded } of this.#begun.values()) {
      if (isEnded) continue;
      this.#findings.note("not-ended", at, name, `The section ${JSON.stringify(name)} begins here, and the stream ends without its end.`);
    }
    const behindFirst = this.#behindFirst;
    if (this.#hasConfiguration && !this.#hasFooters && behindFirst !== undefined)
      this.#findings.note("missing-footer", behindFirst, "", "No section has a footer, though the stream has a configuration.");
    if (this.#hasFooters && !this.#hasConfiguration && !this.#isRecovery)
      this.#findings.note("not-sent", 8, "configuration", "The stream has no configuration, though its sections have footers.");
    if (this.#hasConfiguration && !this.#hasDescription && !this.#isPostcopy)
      this.#findings.note("not-sent", (this.#eof ?? 0) + 1, "description", "The stream ends without a description of its sections.");
  }

  #start({ at, id, name, instance, version }: StartItem): void {
    this.#begun.set(id, { name, at, isEnded: false });
    const behind = at + 6 + name.length;
    const known = Object.hasOwn(VERSIONS, name) ? VERSIONS[name] : undefined;
    if (known === undefined) return;
    if (instance !== 0)
      this.#findings.error("bad-value", behind, name, `The section ${name} has the instance ${instance}; there is only 0.`);
    if (version !== known)
      this.#findings.error(
        "section-version",
        behind + 4,
        name,
        `The section ${name} has version ${version}; ${known} is the only one in use.`,
      );
  }

  #part({ item, at, id }: PartItem): void {
    const begun = this.#begun.get(id);
    if (begun === undefined) return;
    if (begun.isEnded)
      this.#findings.error("ended-before", at, begun.name, `A part of the section ${JSON.stringify(begun.name)} comes behind its end.`);
    begun.isEnded ||= item === "end";
  }
}

const POSTCOPY_RUN = 5;
const PACKAGED = 7;
const POSTCOPY_RESUME = 9;

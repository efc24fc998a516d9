import type { Description, SectionLayout } from "./layout.ts";

/** The sections that a description still promises. Each is taken once: what a stream repeats costs no second decoding. */
export class Expected {
  readonly #order: readonly SectionLayout[];
  /** Those that are left by name and instance, the first of them last. */
  readonly #named = new Map<string, SectionLayout[]>();
  readonly #taken = new Set<SectionLayout>();
  #next = 0;

  constructor({ sections }: Description) {
    this.#order = sections;
    for (const each of sections.toReversed()) {
      const others = this.#named.get(keyOf(each));
      if (others === undefined) this.#named.set(keyOf(each), [each]);
      else others.push(each);
    }
  }

  /** The one of that name and instance; undefined where none is left. */
  find(section: Pick<SectionLayout, "name" | "instance">): SectionLayout | undefined {
    return this.#named.get(keyOf(section))?.at(-1);
  }

  /** The first that is left: sections come in the order in which they are described. */
  get next(): SectionLayout | undefined {
    while (this.#taken.has(this.#order[this.#next] as SectionLayout)) this.#next++;
    return this.#order[this.#next];
  }

  /** Takes what `find` or `next` gave. */
  take(layout: SectionLayout): void {
    this.#taken.add(layout);
    this.#named.get(keyOf(layout))?.pop();
  }

  get left(): readonly SectionLayout[] {
    return this.#order.filter((each) => !this.#taken.has(each));
  }
}

function keyOf({ name, instance }: Pick<SectionLayout, "name" | "instance">): string {
  return `${instance} ${name}`;
}

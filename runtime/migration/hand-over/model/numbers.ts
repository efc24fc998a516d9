import type { Resolver, World } from "./world.ts";

/** Numbers for the parts of worlds, and for worlds: millions of them share a few thousand parts. */
export class Numbers {
  readonly sources = new Parts<World["source"]>();
  readonly destinations = new Parts<World["destination"]>();
  readonly shared = new Parts<World["shared"]>();
  private readonly resolvers = new Parts<Resolver>();

  of(world: World): number {
    return join(
      this.sources.of(world.source),
      this.destinations.of(world.destination),
      this.shared.of(world.shared),
      this.resolversOf(world.resolvers),
    );
  }

  /** Who of them is which makes no difference. */
  resolversOf(resolvers: readonly Resolver[]): number {
    return together(resolvers.map((resolver) => this.resolver(resolver)));
  }

  resolver(resolver: Resolver): number {
    return this.resolvers.of(resolver) + 1;
  }

  resolversIn(number: number): Resolver[] {
    return apart(number).map((one) => this.resolvers.part(one - 1));
  }

  world(number: number): World {
    const [source, destination, shared, resolvers] = split(number);
    return {
      source: this.sources.part(source),
      destination: this.destinations.part(destination),
      shared: this.shared.part(shared),
      resolvers: this.resolversIn(resolvers),
    };
  }
}

/** Four of them fit into the integers that a number holds exactly. */
const LIMIT = 2 ** 13;
/** Two of them fit into a part. */
const RESOLVER_LIMIT = 90;

/** One number for those of several resolvers, in whatever order. */
export function together(resolvers: readonly number[]): number {
  const number = [...resolvers].sort((a, b) => b - a).reduce((sum, one) => sum * RESOLVER_LIMIT + one, 0);
  if (number >= LIMIT || resolvers.some((one) => one >= RESOLVER_LIMIT))
    throw new RangeError("There are more resolvers than there is room for.");
  return number;
}

export function apart(number: number): number[] {
  return number === 0 ? [] : [...apart(Math.floor(number / RESOLVER_LIMIT)), number % RESOLVER_LIMIT];
}

export function join(source: number, destination: number, shared: number, resolvers: number): number {
  return ((source * LIMIT + destination) * LIMIT + shared) * LIMIT + resolvers;
}

export function split(number: number): [source: number, destination: number, shared: number, resolvers: number] {
  const high = Math.floor(number / (LIMIT * LIMIT));
  return [Math.floor(high / LIMIT), high % LIMIT, Math.floor(number / LIMIT) % LIMIT, number % LIMIT];
}

/** Which numbers there were. Kept in two, as small integers are found many times as fast as large ones. */
export class Known {
  private readonly span: number;
  private readonly highs = new Map<number, number>();
  private readonly numbers = new Set<number>();

  constructor(span: number) {
    this.span = span;
  }

  /** Whether it is new. */
  add(number: number): boolean {
    const low = number % this.span;
    const rest = number - low;
    let high = this.highs.get(rest);
    if (high === undefined) {
      high = this.highs.size;
      this.highs.set(rest, high);
    }
    const before = this.numbers.size;
    this.numbers.add(high * this.span + low);
    return this.numbers.size !== before;
  }
}

class Parts<Part extends object> {
  private readonly parts: Part[] = [];
  private readonly byText = new Map<string, number>();

  of(part: Part): number {
    const text = JSON.stringify(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const number = this.parts.push(part) - 1;
    if (number >= LIMIT) throw new RangeError("There are more parts than a number of a world has room for.");
    this.byText.set(text, number);
    return number;
  }

  part(number: number): Part {
    return this.parts[number] as Part;
  }
}

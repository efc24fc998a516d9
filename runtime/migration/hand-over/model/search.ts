import { apart, join, Known, Numbers, split, together } from "./numbers.ts";
import { type Moved, moveDestination, moveSource } from "./processes.ts";
import type { Protocol } from "./protocol.ts";
import { moveResolver } from "./resolvers.ts";
import { brokenRule } from "./rules.ts";
import { isThere, REST, type Scope, type World } from "./world.ts";

export interface Found {
  /** What was broken, and how it came to that; undefined where nothing was. */
  readonly broken: { readonly rule: string; readonly trace: readonly string[] } | undefined;
  readonly worlds: number;
  readonly steps: number;
}

export function firstWorld(protocol: Protocol, scope: Scope): World {
  return {
    source: { isAlive: true, machine: protocol.sourceStart, pending: [], guest: "running", known: "holds" },
    destination: { isAlive: true, machine: protocol.destinationStart, pending: [], guest: "loading", known: "loading" },
    shared: {
      sourceRecord: "holds",
      destinationRecord: "loading",
      toSource: [],
      toDestination: [],
      isCopySent: false,
      wasGiven: false,
      wasTaken: false,
      isCopyOld: false,
      isSourceOld: false,
      wasWordGiven: false,
      faults: scope.faults,
      wasFault: false,
    },
    resolvers: Array.from({ length: scope.resolvers }, () => REST),
  };
}

/**
 * Every world that can come to be, the nearest first, so that a trace is as short as any. Ends at the first rule that is broken; `visit` is
 * called once for what worlds have in common that differ in nothing but who resolves. Where no memory of the guest is left anywhere,
 * nothing can run any more, and what else may happen there is not looked at.
 */
export function search(protocol: Protocol, scope: Scope, visit: (world: World) => string | undefined): Found {
  const numbers = new Numbers();
  const moves = new Moves(protocol, scope, numbers);
  const first = numbers.of(firstWorld(protocol, scope));
  const known = new Known(RESOLVERS);
  known.add(first);
  // By their place in the queue.
  const cameFrom = [-1];
  const judged = new Map<number, string | undefined>();
  const queue: number[] = [first];
  let steps = 0;

  function judge(number: number): string | undefined {
    const common = number - (number % RESOLVERS);
    if (judged.has(common)) return judged.get(common);
    const world = numbers.world(number);
    const rule = brokenRule(world) ?? visit(world);
    judged.set(common, rule);
    return rule;
  }

  for (let at = 0; at < queue.length; at++) {
    const number = queue[at] as number;
    if (isGone(numbers.world(number))) continue;
    for (const { next, label, broken } of moves.from(number)) {
      steps++;
      const isNew = known.add(next);
      const rule = broken ?? (isNew ? judge(next) : undefined);
      if (rule !== undefined) {
        return { broken: { rule, trace: [...traceTo(moves, queue, cameFrom, at), label] }, worlds: queue.length, steps };
      }
      if (!isNew) continue;
      queue.push(next);
      cameFrom.push(at);
    }
  }
  return { broken: undefined, worlds: queue.length, steps };
}

/** The resolvers are the lowest part of a world's number. */
const RESOLVERS = join(0, 0, 1, 0);

function isGone({ source, destination, shared }: World): boolean {
  const isToCome = destination.guest === "loading" && shared.isCopySent;
  return source.guest === undefined && (destination.guest === undefined || (destination.guest === "loading" && !isToCome));
}

interface Numbered {
  readonly next: number;
  readonly label: string;
  readonly broken: string | undefined;
}

/** The moves of each part are worked out once: they depend on little more than that part. */
class Moves {
  private readonly protocol: Protocol;
  private readonly scope: Scope;
  private readonly numbers: Numbers;
  private readonly ofSource = new Map<number, readonly PartMove[]>();
  private readonly ofDestination = new Map<number, readonly PartMove[]>();
  private readonly ofResolvers = new Map<number, readonly PartMove[]>();
  private readonly ofResolver = new Map<number, readonly PartMove[]>();

  constructor(protocol: Protocol, scope: Scope, numbers: Numbers) {
    this.protocol = protocol;
    this.scope = scope;
    this.numbers = numbers;
  }

  *from(number: number): Generator<Numbered> {
    const [source, destination, shared, resolvers] = split(number);
    const { sources, destinations } = this.numbers;
    const bySource = this.known(this.ofSource, join(0, 0, source, shared), number, (world) => moveSource(this.protocol, world), "source");
    for (const move of bySource) yield { ...move, next: join(move.part, destination, move.shared, resolvers) };
    const hasSource = Number(sources.part(source).guest !== undefined);
    const byDestination = this.known(
      this.ofDestination,
      join(0, hasSource, destination, shared),
      number,
      (world) => moveDestination(this.protocol, world, this.scope.isPostcopy),
      "destination",
    );
    for (const move of byDestination) yield { ...move, next: join(source, move.part, move.shared, resolvers) };
    const has = destinations.part(destination);
    const there = Number(isThere(sources.part(source))) * 4 + Number(isThere(has)) * 2 + Number(has.guest === "paused");
    for (const move of this.fromResolvers(number, there)) yield { ...move, next: join(source, destination, move.shared, move.part) };
  }

  private fromResolvers(number: number, there: number): readonly PartMove[] {
    const [, , shared, resolvers] = split(number);
    const key = join(0, there, shared, resolvers);
    const known = this.ofResolvers.get(key);
    if (known !== undefined) return known;
    const all = apart(resolvers);
    const found = all.flatMap((one, index) => {
      const others = all.filter((_, other) => other !== index);
      return this.fromResolver(number, there, one).map((move) => ({ ...move, part: together([move.part, ...others]) }));
    });
    this.ofResolvers.set(key, found);
    return found;
  }

  private fromResolver(number: number, there: number, resolver: number): readonly PartMove[] {
    const { numbers } = this;
    const key = join(0, there, split(number)[2], resolver);
    const known = this.ofResolver.get(key);
    if (known !== undefined) return known;
    const [one] = numbers.resolversIn(resolver);
    const found = moveResolver(this.protocol, numbers.world(number), one ?? REST).map(({ label, broken, world, next }) => ({
      label,
      broken,
      shared: numbers.shared.of(world.shared),
      part: numbers.resolver(next),
    }));
    this.ofResolver.set(key, found);
    return found;
  }

  private known(
    cache: Map<number, readonly PartMove[]>,
    key: number,
    number: number,
    moves: (world: World) => readonly Moved[],
    part: "source" | "destination",
  ): readonly PartMove[] {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const { numbers } = this;
    const found = moves(numbers.world(number)).map(({ label, broken, world }) => ({
      label,
      broken,
      shared: numbers.shared.of(world.shared),
      part: part === "source" ? numbers.sources.of(world.source) : numbers.destinations.of(world.destination),
    }));
    cache.set(key, found);
    return found;
  }
}

interface PartMove {
  readonly label: string;
  readonly broken: string | undefined;
  readonly shared: number;
  readonly part: number;
}

function traceTo(moves: Moves, queue: readonly number[], cameFrom: readonly number[], place: number): string[] {
  const trace: string[] = [];
  for (let at = place; at > 0; at = cameFrom[at] as number) {
    for (const { next, label } of moves.from(queue[cameFrom[at] as number] as number)) {
      if (next !== queue[at]) continue;
      trace.unshift(label);
      break;
    }
  }
  return trace;
}

import { deepStrictEqual } from "node:assert";
import { ByteReader, ByteWriter } from "../../runtime/codec/v1.ts";
import { evaluate } from "../expr/evaluate.ts";
import type { State } from "../interpret/input.ts";
import { interpretLoad, interpretSave } from "../interpret.ts";
import type { Scalar } from "../ir.ts";
import { nestedIn } from "../kinds/nested-in.ts";
import { attempt, type Outcome, plain } from "./outcome.ts";
import { createRandom, type Random } from "./random.ts";
import { type RandomSchema, randomSchema } from "./random-schema.ts";
import { randomState } from "./random-state.ts";
import { type Generated, runCodec, sourcesOf } from "./run-codec.ts";
import { same } from "./same-outcome.ts";
import { tampered } from "./tamper.ts";

export interface Comparison {
  readonly bytes: number;
  readonly truncations: number;
  readonly mutations: number;
}

/** Holds the codec that is generated for a seed's schema against the interpreter. Throws an assertion with what differs. */
export async function compareSeed(seed: number): Promise<Comparison> {
  const schema = randomSchema(seed);
  return compareCodec(schema, await runCodec(sourcesOf(schema.vmsds, schema), "root"), seed);
}

/** The two that are compared, and what both are given. */
interface Pair {
  readonly schema: RandomSchema;
  readonly codec: Generated;
  readonly properties: Readonly<Record<string, Scalar>>;
}

export function compareCodec(schema: RandomSchema, codec: Generated, seed: number): Comparison {
  const random = createRandom(seed ^ 0x5eed);
  const root = schema.vmsd("root");
  const properties = randomProperties(root.properties, random);
  const pair: Pair = { schema, codec, properties };
  const state = randomState(root, schema, random, properties);
  const expected = saveBoth(pair, state, "save");
  for (let times = 0; times < 6; times++) saveBoth(pair, tampered(state, root, schema, random), "save of a changed state");
  if (!("done" in expected)) return { bytes: 0, truncations: 0, mutations: 0 };
  const bytes = expected.done;
  let truncations = 0;
  let mutations = 0;
  for (let versionId = root.minimumVersionId; versionId <= root.versionId; versionId++) {
    const older = attempt(() => interpretSave(schema, "root", state, properties, versionId));
    if (!("done" in older)) continue;
    const wire = older.done;
    loadBoth(pair, wire, versionId, "load");
    intoBoth(pair, wire, versionId, () => randomState(root, schema, createRandom(seed), properties));
    for (const cut of cutsOf(wire.length)) {
      loadBoth(pair, wire.subarray(0, cut), versionId, `load cut at ${cut}`);
      truncations++;
    }
    const starts: number[] = [];
    attempt(() => interpretLoad(schema, "root", wire, versionId, properties, undefined, starts));
    for (let times = 0; times < MOST_CHANGES && wire.length > 0; times++) {
      loadBoth(pair, changed(wire, starts, Object.keys(schema.vmsds), random), versionId, "load of changed bytes");
      mutations++;
    }
  }
  givesBack(pair, state, bytes);
  for (const versionId of [root.minimumVersionId - 1, root.versionId + 1])
    if (versionId >= 0) loadBoth(pair, bytes, versionId, `load at version ${versionId}`);
  return { bytes: bytes.length, truncations, mutations };
}

function randomProperties(properties: Readonly<Record<string, Scalar>>, random: Random): Record<string, Scalar> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, typeof value === "boolean" ? random.chance(0.5) : random.below(5)]),
  );
}

const MOST_CUTS = 24;

/** Every length up to some, and a spread of longer ones. */
function cutsOf(length: number): number[] {
  const step = Math.max(1, Math.ceil(length / MOST_CUTS));
  return Array.from({ length: Math.ceil(length / step) }, (_, at) => at * step);
}

const MOST_CHANGES = 12;
/** What counts, lengths and markers are given by those who mean harm. */
const HOSTILE = ["ff", "ffff", "ffffffff", "80000000", "7fffffff", "00000020", "0000ffff", "30", "00", "02"];

/** One byte otherwise; a scalar that begins with what no sender writes; a part twice, as subsections may come; or one that nobody knows. */
function changed(wire: Uint8Array, starts: readonly number[], vmsds: readonly string[], random: Random): Uint8Array {
  const at = random.below(wire.length);
  if (random.chance(0.1)) {
    const [from, name] = [random.pick([wire.length, ...starts]), `${random.pick(vmsds)}/none`];
    return Uint8Array.from([...wire.subarray(0, from), 5, name.length, ...Buffer.from(name), 0, 0, 0, 1, ...wire.subarray(from)]);
  }
  if (random.chance(0.15)) return Uint8Array.from([...wire, ...wire.subarray(Math.max(0, wire.indexOf(5, at)))]);
  const bytes = wire.slice();
  if (starts.length === 0 || random.chance(0.3)) bytes[at] = random.below(256);
  else {
    const from = random.pick(starts);
    bytes.set(Buffer.from(random.pick(HOSTILE), "hex").subarray(0, bytes.length - from), from);
  }
  return bytes;
}

function saveBoth(pair: Pair, state: State, what: string): Outcome<Uint8Array> {
  const expected = attempt(() => interpretSave(pair.schema, "root", state, pair.properties));
  same(
    attempt(() => save(pair, state)),
    expected,
    what,
  );
  return expected;
}

function loadBoth({ schema, codec, properties }: Pair, bytes: Uint8Array, versionId: number, what: string): void {
  const expected = attempt(() => interpretLoad(schema, "root", bytes, versionId, properties));
  const r = new ByteReader(bytes);
  const actual = attempt(() => ({ state: codec.load(r, versionId, properties), end: r.at }));
  same(actual, expected, what);
}

/** Loads into other states, which must be replaced by what the bytes say, or be as they were. */
function intoBoth(pair: Pair, bytes: Uint8Array, versionId: number, other: () => State): void {
  const { schema, codec, properties } = pair;
  const into = (target: () => State, from: Uint8Array, what: string): void => {
    const expected = attempt(() => interpretLoad(schema, "root", from, versionId, properties, plain(target()) as State).state);
    const loaded = target();
    const actual = attempt(() => {
      codec.loadInto(loaded, new ByteReader(from), versionId, properties);
      return loaded;
    });
    same(actual, expected, what);
    if ("refused" in expected) same({ done: loaded }, { done: target() }, `a state after a refused ${what}`);
  };
  into(other, bytes, "load into a state");
  // One that the codec itself has made; what is compared with it is equal.
  const made = (): State => codec.load(new ByteReader(bytes), versionId, properties) as State;
  if ("refused" in attempt(made)) return;
  into(made, bytes, "load into its own state");
  const written = attempt(() => interpretSave(schema, "root", plain(made()) as State, properties));
  same(
    attempt(() => save(pair, made())),
    written,
    "save of what was loaded",
  );
  for (const cut of cutsOf(bytes.length).filter((_, at) => at % 4 === 0)) into(other, bytes.subarray(0, cut), `load into, cut at ${cut}`);
}

/**
 * A load gives back what was saved: told of the root's fields up to the first that holds a vmsd. That may leave out a part of its own; and
 * what is written at the newest version and read at another, as lists are, need not end in the same place.
 */
function givesBack({ schema, codec, properties }: Pair, state: State, bytes: Uint8Array): void {
  const { fields, versionId } = schema.vmsd("root");
  const scope = { field: (key: string) => state[key], property: (name: string) => properties[name], versionId, index: 0 };
  const loaded = attempt(() => codec.load(new ByteReader(bytes), versionId, properties));
  if (!("done" in loaded)) return;
  const values = plain(loaded.done) as State;
  for (const { key, kind, exists, since } of fields) {
    const there = exists === undefined ? since <= versionId : Boolean(evaluate(exists, scope));
    if (nestedIn(kind).length > 0) return;
    // Whether a subsection came is known behind all of what may end elsewhere.
    if (!there || kind.kind === "unused_buffer" || kind.kind === "sent") continue;
    deepStrictEqual(values[key], plain(state[key]), `field '${key}' after a save and a load`);
  }
}

/** What was in the buffer before must not show. */
const DIRT = 0xaa;

function save({ codec, properties }: Pair, state: State): Uint8Array {
  const w = new ByteWriter(16);
  w.bytes.fill(DIRT);
  codec.save(state, w, properties);
  return w.written();
}

import { deepStrictEqual, ok } from "node:assert";
import { ByteReader, ByteWriter } from "../../runtime/codec/v1.ts";
import type { Value } from "../expr/expr.ts";
import { interpretLoad, interpretSave } from "../interpret.ts";
import { attempt, type Outcome, type Refused } from "./outcome.ts";
import { createRandom } from "./random.ts";
import { type RandomSchema, randomSchema } from "./random-schema.ts";
import { randomState } from "./random-state.ts";
import { type Generated, runCodec, sourcesOf } from "./run-codec.ts";

type State = { [key: string]: Value };

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

function compareCodec(schema: RandomSchema, codec: Generated, seed: number): Comparison {
  const random = createRandom(seed ^ 0x5eed);
  const root = schema.vmsd("root");
  const state = randomState(root, schema, random);
  const expected = attempt(() => interpretSave(schema, "root", state));
  same(
    attempt(() => save(codec, state)),
    expected,
    "save",
  );
  if (!("done" in expected)) return { bytes: 0, truncations: 0, mutations: 0 };
  const bytes = expected.done as Uint8Array;
  let truncations = 0;
  let mutations = 0;
  for (let versionId = root.minimumVersionId; versionId <= root.versionId; versionId++) {
    const older = attempt(() => interpretSave(schema, "root", state, {}, versionId));
    if (!("done" in older)) continue;
    const wire = older.done as Uint8Array;
    loadBoth(schema, codec, wire, versionId, "load");
    if (versionId === root.versionId) again(codec, wire);
    intoBoth(schema, codec, wire, versionId, random.below(1 << 30));
    for (const cut of cutsOf(wire.length)) {
      loadBoth(schema, codec, wire.subarray(0, cut), versionId, `load cut at ${cut}`);
      truncations++;
    }
    for (let times = 0; times < 8 && wire.length > 0; times++) {
      const changed = wire.slice();
      changed[random.below(changed.length)] = random.below(256);
      loadBoth(schema, codec, changed, versionId, "load of changed bytes");
      mutations++;
    }
  }
  for (const versionId of [root.minimumVersionId - 1, root.versionId + 1])
    if (versionId >= 0) loadBoth(schema, codec, bytes, versionId, `load at version ${versionId}`);
  return { bytes: bytes.length, truncations, mutations };
}

const MOST_CUTS = 24;

/** Every length up to some, and a spread of longer ones. */
function cutsOf(length: number): number[] {
  const step = Math.max(1, Math.ceil(length / MOST_CUTS));
  return Array.from({ length: Math.ceil(length / step) }, (_, at) => at * step);
}

function loadBoth(schema: RandomSchema, codec: Generated, bytes: Uint8Array, versionId: number, what: string): void {
  const expected = attempt(() => interpretLoad(schema, "root", bytes, versionId));
  same(
    attempt(() => load(codec, bytes, versionId)),
    expected,
    what,
  );
}

/** A state that a load has made, which may be of another shape than one by hand, is written as it was read and can be loaded into. */
function again(codec: Generated, wire: Uint8Array): void {
  const made = attempt(() => codec.load(new ByteReader(wire), codec.versionId, undefined));
  if (!("done" in made)) return;
  const state = made.done as State;
  const saved = attempt(() => save(codec, state));
  codec.loadInto(state, new ByteReader(wire), codec.versionId, undefined);
  same(
    { done: state },
    attempt(() => codec.load(new ByteReader(wire), codec.versionId, undefined)),
    "load into what was loaded",
  );
  if ("done" in saved)
    same(
      attempt(() => save(codec, state)),
      saved,
      "save of what was loaded",
    );
}

/** Loads into another state, which must be replaced by what the bytes say, or be as it was. */
function intoBoth(schema: RandomSchema, codec: Generated, bytes: Uint8Array, versionId: number, seed: number): void {
  const fresh = (): State => randomState(schema.vmsd("root"), schema, createRandom(seed));
  const expected = attempt(() => interpretLoad(schema, "root", bytes, versionId, {}, fresh()).state);
  const target = fresh();
  const outcome = attempt(() => {
    codec.loadInto(target, new ByteReader(bytes), versionId, undefined);
    return target;
  });
  same(outcome, expected, "load into");
  if ("refused" in expected) same({ done: target }, { done: fresh() }, "a state after a refused load");
}

function save(codec: Generated, state: State): Uint8Array {
  const w = new ByteWriter(16);
  // What was in the buffer before must not show.
  w.bytes.fill(0xaa);
  codec.save(state, w, undefined);
  return w.written();
}

function load(codec: Generated, bytes: Uint8Array, versionId: number): unknown {
  const r = new ByteReader(bytes);
  const state = codec.load(r, versionId, undefined);
  return { state, end: r.at };
}

/** Outcomes of the codec and of the interpreter. */
function same(actual: Outcome, expected: Outcome, what: string): void {
  if ("refused" in actual && "refused" in expected) sameRefusal(actual.refused, expected.refused, what);
  else deepStrictEqual(actual, expected, what);
}

/**
 * A codec checks that a struct or an array of fixed length is there as a whole, before it looks inside; it names the struct, where the
 * interpreter names the field within, and where the whole begins.
 */
function sameRefusal(actual: Refused, expected: Refused, what: string): void {
  if (expected.code !== "truncated") {
    deepStrictEqual(place(actual), place(expected), what);
    return;
  }
  const within = expected.path.startsWith(`${actual.path}.`);
  if (!within) deepStrictEqual({ ...place(actual), offset: 0 }, { ...place(expected), offset: 0 }, what);
  const [offset, start, end] = [actual.offset ?? -1, within ? 0 : (expected.start ?? 0), expected.offset ?? 0];
  ok(offset >= start && offset <= end, `${what}: refused at offset ${offset}, which is not within ${start} to ${end}`);
}

function place({ code, path, offset }: Refused): Omit<Refused, "start"> {
  return { code, path, offset };
}

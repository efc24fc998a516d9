import { deepStrictEqual, fail, ok } from "node:assert";
import { Ajv } from "ajv";
import { JsonError, type View } from "../../runtime/codec/v1.ts";
import { emitJsonSchema } from "../emit/json-schema.ts";
import type { Value } from "../expr/expr.ts";
import { interpretDiff } from "../interpret/diff.ts";
import { interpretJson } from "../interpret/json.ts";
import type { JsonValue } from "../ir.ts";
import { changeLeaf } from "./change-leaf.ts";
import { mutationsOf, type Steps } from "./mutate-json.ts";
import { plain } from "./outcome.ts";
import { createRandom } from "./random.ts";
import { type RandomSchema, randomSchema } from "./random-schema.ts";
import { randomState } from "./random-state.ts";
import { runView, viewSourcesOf } from "./run-view.ts";

type State = { [key: string]: Value };

export interface ViewComparison {
  /** False for a state beyond its own limits, which its JSON form is as well. */
  readonly isValid: boolean;
  readonly changes: number;
  readonly mutations: number;
  readonly refused: number;
}

const AJV = new Ajv({ strict: true, addUsedSchema: false });
const CHANGES = 8;
const MUTATIONS = 40;

/** Holds the view and the JSON Schema that are generated for a seed's schema against the interpreter and each other. */
export function compareViews(seed: number): ViewComparison {
  const schema = randomSchema(seed);
  const view = runView(viewSourcesOf(schema.vmsds, schema), "root") as View<State>;
  const root = schema.vmsd("root");
  const random = createRandom(seed ^ 0x71e3);
  const state = randomState(root, schema, random);
  const accepts = AJV.compile(emitJsonSchema(root, schema) as object);

  const json = view.toJson(state);
  deepStrictEqual(json, interpretJson(root, state, schema), "JSON form");
  const isValid = judge(view, accepts, json);
  if (isValid) deepStrictEqual(plain(view.fromJson(fromText(json))), plain(state), "a state through JSON");

  const changes = compareDiffs(view, state, schema, seed);
  const mutate = mutationsOf(json as JsonValue, random);
  let refused = 0;
  for (let times = 0; times < MUTATIONS; times++) {
    const { json: changed, steps, isWrong } = mutate();
    const accepted = judge(view, accepts, changed, isValid ? pathOf(steps) : "");
    ok(!(accepted && isWrong), `${JSON.stringify(changed)} is accepted, though ${steps.join("/")} is wrong`);
    if (!accepted) refused++;
  }
  return { isValid, changes, mutations: MUTATIONS, refused };
}

/** Whether JSON, in which nothing is wrong but at a path, is a state: the schema and `fromJson` must agree, and it must come back as it was. */
function judge(view: View<State>, accepts: (json: unknown) => boolean, given: JsonValue, at = ""): boolean {
  const json = fromText(given);
  const expected = accepts(json);
  try {
    const state = view.fromJson(json);
    ok(expected, `the schema refuses what fromJson accepts: ${JSON.stringify(json)}`);
    deepStrictEqual(view.toJson(state), json, "JSON through a state");
    return true;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    ok(!expected, `the schema accepts what fromJson refuses: ${error.message} ${JSON.stringify(json)}`);
    ok(error.path.startsWith(at), `'${error.path}' is refused where '${at}' is wrong`);
    return false;
  }
}

function compareDiffs(view: View<State>, state: State, schema: RandomSchema, seed: number): number {
  const root = schema.vmsd("root");
  const random = createRandom(seed ^ 0xd1ff);
  deepStrictEqual(view.diff(state, structuredClone(state)), [], "a state and itself");
  const compare = (a: State, b: State): readonly { path: string }[] => {
    const found = view.diff(a, b);
    deepStrictEqual(found, interpretDiff(root, a, b, schema), "differences");
    const swapped = found.map(({ path, from, to }) => ({ path, from: to, to: from }));
    deepStrictEqual(view.diff(b, a), swapped, "differences the other way round");
    return found;
  };
  compare(state, randomState(root, schema, random));
  let changes = 0;
  for (; changes < CHANGES; changes++) {
    const changed = changeLeaf(state, random);
    if (changed === undefined) return changes;
    const found = compare(state, changed.state);
    if (found.length !== 1) fail(`${found.length} differences for one change at ${changed.path}`);
    deepStrictEqual(found[0]?.path, changed.path, "the path of a difference");
  }
  return changes;
}

function pathOf(steps: Steps): string {
  return steps
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .slice(1);
}

function fromText(json: unknown): JsonValue {
  return JSON.parse(JSON.stringify(json)) as JsonValue;
}

import type { JsonValue } from "../ir.ts";
import type { Random } from "./random.ts";

/** The way from a JSON value to one within it. */
export type Steps = readonly (string | number)[];

export interface Mutation {
  readonly json: JsonValue;
  /** Where it was changed, for messages. */
  readonly steps: Steps;
  /** True when no field of any kind may be so. */
  readonly isWrong: boolean;
}

const NUMBERS = [
  0,
  1,
  -1,
  ...[8, 16, 32].flatMap((bits) => [
    2 ** bits - 1,
    2 ** bits,
    2 ** (bits - 1) - 1,
    2 ** (bits - 1),
    -(2 ** (bits - 1)),
    -(2 ** (bits - 1)) - 1,
  ]),
];
const HEX = ["0x0", "0x00", "0XFF", "0xFF", "0x", "0xffffffffffffffff", "0x10000000000000000", "0x1\n", " 0x1", "255"];
const DECIMAL = [
  ...["0", "-0", "-1", "01", "+1", "1\n", "１", "0xff", "922337203685477580", "9223372036854775799", "9999999999999999999"],
  ...["9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809"],
];
const BYTES = ["", "abcd", "ABCD", "abc", "zz", "00".repeat(16)];
const WORDS = [...HEX, ...DECIMAL, ...BYTES];
const ANYTHING: readonly JsonValue[] = [null, true, false, 0.5, 1e300, ...NUMBERS, ...WORDS, [], [0], {}, { key: "0x1" }];
const WRONG_NUMBERS: readonly JsonValue[] = [2 ** 33, -(2 ** 33), 0.5, 1e300, "1", true, [], {}];

/** Gives, at every call, the JSON with one thing changed somewhere in it. */
export function mutationsOf(json: JsonValue, random: Random): () => Mutation {
  const places = [...placesIn(json)];
  return () => {
    const { steps, value } = random.pick(places);
    const change = changeOf(value, random);
    return { json: replaced(json, steps, change.value), steps, isWrong: change.isWrong };
  };
}

function changeOf(value: JsonValue, random: Random): { value: JsonValue; isWrong: boolean } {
  const { pick, chance } = random;
  if (chance(0.15)) return { value: pick(ANYTHING), isWrong: false };
  if (Array.isArray(value))
    return chance(0.7) ? { value: resized(value, random), isWrong: false } : { value: pick<JsonValue>([{}, 1, "x", true]), isWrong: true };
  if (typeof value === "object" && value !== null) {
    const keys = Object.keys(value);
    if (chance(0.5) || keys.length === 0) return { value: { ...value, "not a field": 1 }, isWrong: true };
    const gone = pick(keys);
    return { value: Object.fromEntries(Object.entries(value).filter(([key]) => key !== gone)), isWrong: true };
  }
  if (typeof value === "number")
    return chance(0.6) ? { value: pick(NUMBERS), isWrong: false } : { value: pick(WRONG_NUMBERS), isWrong: true };
  if (typeof value === "boolean") return { value: pick<JsonValue>([0, 1, "true", []]), isWrong: true };
  if (typeof value !== "string") return { value: pick(ANYTHING), isWrong: false };
  if (chance(0.4)) return { value: pick(value.startsWith("0x") ? HEX : /^-?\d+$/.test(value) ? DECIMAL : BYTES), isWrong: false };
  if (chance(0.5) && /^([0-9a-f]{2})*$/.test(value))
    return { value: Buffer.from(resized([...Buffer.from(value, "hex")], random) as number[]).toString("hex"), isWrong: false };
  if (chance(0.5)) return { value: pick<JsonValue>([1, true, [], {}]), isWrong: true };
  return { value: pick([`${value} `, `${value}g`, `${value}\n`, `+${value}`]), isWrong: true };
}

/** One more or one less, or any other number of them: some come to just above a limit. */
function resized(values: readonly JsonValue[], { pick, below }: Random): JsonValue[] {
  const length = Math.max(0, pick([values.length - 1, values.length + 1, below(40)]));
  return Array.from({ length }, (_, at) => values[at] ?? values.at(-1) ?? 0);
}

function* placesIn(value: JsonValue, steps: Steps = []): Generator<{ steps: Steps; value: JsonValue }> {
  yield { steps, value };
  if (typeof value !== "object" || value === null) return;
  const isArray = Array.isArray(value);
  for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...steps, isArray ? Number(key) : key]);
}

/** Shares all that is not on the way to what is replaced. */
function replaced(json: JsonValue, [step, ...rest]: Steps, value: JsonValue): JsonValue {
  if (step === undefined) return value;
  const holder = json as { [key: string]: JsonValue } & JsonValue[];
  if (typeof step === "number") return holder.with(step, replaced(holder[step] as JsonValue, rest, value));
  return { ...holder, [step]: replaced(holder[step] as JsonValue, rest, value) };
}

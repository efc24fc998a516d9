import fc from "fast-check";
import { expect, test } from "vitest";
import { sourceOfBytes } from "../byte-source.ts";
import { readStream } from "../read-stream.ts";
import { Summary } from "../summary.ts";
import { Verifier } from "../verify/verifier.ts";
import { bytesOf } from "./bytes-of.ts";
import { Coverage } from "./coverage.ts";
import { describedStream } from "./described.ts";
import { DEVICE, OLD_STYLE } from "./devices.ts";
import { fixture, NEW, OLD } from "./fixtures.ts";
import { GOLDEN } from "./golden.ts";
import { apply, type Base, type Mutation, mutation } from "./mutate.ts";
import { decode, decodeBytes, encode, MEMORY, pipeOf } from "./round-trip.ts";

const RUNS = Number(process.env.VMSTATE_MUTATIONS ?? 2000);
const SEED = Number(process.env.VMSTATE_SEED ?? 1);
const LIMIT = 1 << 18;

const small = GOLDEN.map(({ name, bytes }) => baseOf(name, bytesOf(bytes))).filter(({ bytes }) => bytes.length < 1 << 17);
const described = [
  baseOf("described", describedStream([DEVICE, OLD_STYLE, { ...DEVICE, json: { ...DEVICE.json, instance_id: 1 } }])),
  baseOf("one device", describedStream([DEVICE])),
];
const real = [baseOf(OLD, fixture(OLD)), baseOf(NEW, fixture(NEW))];
const base = fc.oneof(
  { arbitrary: fc.constantFrom(...small), weight: 5 },
  { arbitrary: fc.constantFrom(...described), weight: 4 },
  { arbitrary: fc.constantFrom(...real), weight: 1 },
);

function baseOf(name: string, bytes: Uint8Array): Base & { toString: () => string } {
  // Shrunk examples show the name, not the bytes.
  return { name, bytes, starts: decodeBytes(bytes).items.map(({ at }) => at), toString: () => name };
}

/** Everything that holds for any bytes at all. Throws when it does not. */
function holds(bytes: Uint8Array): void {
  for (const source of [sourceOfBytes(bytes), pipeOf(bytes)]) {
    const decoded = decode(source, { limit: LIMIT });
    if (decoded.bytes !== bytes.length) throw new Error(`The items have ${decoded.bytes} of ${bytes.length} bytes.`);
    if (Buffer.compare(encode(decoded.items), bytes) !== 0) throw new Error("What is encoded is not what was decoded.");
  }
  const verifier = new Verifier();
  readStream(sourceOfBytes(bytes), verifier, { payloads: true, limit: LIMIT, memory: MEMORY });
  verifier.end();
  for (const { at, message } of verifier.findings.list)
    if (!(at >= 0 && at <= bytes.length) || !/^[A-Z].*\.$/s.test(message)) throw new Error(`Offset ${at}: ${message}`);
  const passed = new Coverage(new Summary());
  readStream(skippable(bytes), passed, { payloads: false, limit: LIMIT, memory: MEMORY });
  if (passed.end !== bytes.length) throw new Error(`Passed over, the items have ${passed.end} of ${bytes.length} bytes.`);
}

/** A file, whose bytes may be passed over. */
function skippable(bytes: Uint8Array): ReturnType<typeof sourceOfBytes> & { skip: (count: number) => void } {
  let at = 0;
  const random = { size: bytes.length, peek: sourceOfBytes(bytes).random?.peek ?? (() => 0) };
  return {
    random,
    read: (into) => {
      const got = random.peek(into, at);
      at += got;
      return got;
    },
    skip: (count) => {
      at += count;
    },
  };
}

test(`${RUNS} streams with changed bytes are read to their last byte, and come back`, () => {
  const property = fc.property(base, fc.array(mutation, { minLength: 1, maxLength: 4 }), (from: Base, changes: Mutation[]) => {
    holds(apply(from, changes));
  });
  const result = fc.check(property, { numRuns: RUNS, seed: SEED });
  if (result.failed) console.log(`mutations: failed with the base ${result.counterexample?.[0].name}`);
  expect(
    result.failed
      ? `${fc.stringify(result.counterexample?.[1])}\n${String(result.errorInstance)}\n${(result.errorInstance as Error).stack}`
      : "",
  ).toBe("");
  console.log(`mutations: ${RUNS} streams, seed ${SEED}`);
}, 3_600_000);

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { State } from "../interpret/input.ts";
import { enginesOf } from "../oracle/engines.ts";
import { attempt, plain } from "../oracle/outcome.ts";
import { readDescriptors } from "../read/index.ts";
import { QEMU_UNIT_CASES } from "./golden/qemu-unit.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/descriptors");
const { ir, warnings } = readDescriptors(FIXTURES, ["qemu-unit.ts"]);

test("their descriptors raise no doubt", () => {
  expect(warnings).toEqual([]);
});

/** QEMU's own tests of its field engine, from descriptors in source text on, with the bytes that QEMU expects. */
describe.each(QEMU_UNIT_CASES)("A2e: QEMU's own $path", ({ vmsd, versionId, properties = {}, state, wire, saves }) => {
  const bytes = Uint8Array.from(Buffer.from(wire.replaceAll(/\s/g, ""), "hex"));
  // QEMU's tests end a stream with a byte that must be left.
  const guarded = Uint8Array.of(...bytes, 0);
  const version = versionId ?? ir.vmsds[vmsd]?.versionId ?? 0;

  test.each([...enginesOf(ir.vmsds, vmsd, properties)])("$name", (engine) => {
    if (saves) expect(Buffer.from(engine.save(state as State)).toString("hex")).toBe(Buffer.from(bytes).toString("hex"));
    expect(plain(engine.load(guarded, version))).toEqual({ state, end: bytes.length });
    for (let cut = 0; cut < bytes.length; cut++)
      expect(attempt(() => engine.load(bytes.subarray(0, cut), version))).toMatchObject({ refused: { code: "truncated" } });
  });
});

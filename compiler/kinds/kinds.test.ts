import { describe, expect, test } from "vitest";
import type { VmsdIr } from "../ir.ts";
import { type Engine, enginesOf } from "../oracle/engines.ts";
import { attempt, plain } from "../oracle/outcome.ts";
import { programOf } from "../program.ts";
import { AROUND, deviceOf, goldenVmsds } from "./golden/device.ts";
import { AT, fieldsOf, type Golden, type Piece, piecesOf, type State, type Wire } from "./golden/golden.ts";
import { GOLDENS, nameOf } from "./golden/index.ts";
import { KINDS } from "./index.ts";
import { absentOf, stateFields } from "./vmsd-fields.ts";

const stateOf = (state: State): State => ({ ...state, ...AROUND });

/** The golden's bytes with those around them, which come before all subsections. What is refused early needs none behind it. */
function wireOf(wire: Wire, behind: readonly Wire[] = ["a5 after"]): Piece[] {
  const lines = wire.split("\n").filter((line) => line.trim() !== "");
  const at = subsectionAt(lines) ?? lines.length;
  return piecesOf(["5a before", ...lines.slice(0, at), ...behind, ...lines.slice(at)].join("\n"));
}

function subsectionAt(lines: readonly string[]): number | undefined {
  const at = lines.findIndex((line) => /\s(header of )?device\//.test(line));
  return at === -1 ? undefined : at;
}

function bytesOf(pieces: readonly Piece[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap(({ bytes }) => [...bytes]));
}

/** A state to load into that differs from what is loaded, but for what is compared with it. */
function targetOf(golden: Golden, device: VmsdIr, into = golden.into): State {
  const program = programOf(goldenVmsds(golden, device));
  const zero = Object.fromEntries(stateFields(device).map((field) => [field.key, absentOf(field, program)]));
  return plain({ ...zero, ...into }) as State;
}

/** The path of what a piece is of. */
function pathOf(label: string): string {
  return label.startsWith("device/") ? label : `device.${label}`;
}

/** Loads into a state, and shows that a refusal has not touched it. */
function loadInto(engine: Engine, golden: Golden, device: VmsdIr, bytes: Uint8Array, versionId: number, into?: State): unknown {
  const target = targetOf(golden, device, into ?? golden.into);
  const before = plain(target);
  const outcome = attempt(() => engine.loadInto(target, bytes, versionId));
  if ("refused" in outcome) expect(plain(target), "a state after a refused load").toEqual(before);
  return "refused" in outcome ? outcome : { done: plain(target) };
}

describe.each(GOLDENS.map((golden) => [nameOf(golden), golden] as const))("%s", (_, golden) => {
  const device = deviceOf(golden);
  const engines = enginesOf(goldenVmsds(golden, device), "device");
  const pieces = wireOf(golden.wire);
  const bytes = bytesOf(pieces);
  const state = stateOf(golden.state);

  describe.each(engines.map((engine) => [engine.name, engine] as const))("%s", (_name, engine) => {
    test("saves these bytes", () => {
      expect(hex(engine.save(state))).toBe(hex(bytes));
    });

    test("loads them", () => {
      expect(plain(engine.load(bytes, 2))).toEqual({ state, end: bytes.length });
      expect(loadInto(engine, golden, device, bytes, 2)).toEqual({ done: state });
    });

    test("refuses them cut at every byte", () => {
      for (const piece of pieces) for (let cut = piece.at; cut < piece.at + piece.bytes.length; cut++) expectCut(engine, piece, cut);
    });

    test("refuses other versions", () => {
      for (const [versionId, code] of [
        [3, "too-new"],
        [0, "too-old"],
      ] as const)
        for (const outcome of [attempt(() => engine.load(bytes, versionId)), loadInto(engine, golden, device, bytes, versionId)])
          expect(outcome).toMatchObject({ refused: { code, path: "device", offset: 0 } });
    });

    test.each(golden.accepted ?? [])("accepts $what", ({ wire, state: other, into }) => {
      const given = bytesOf(wireOf(wire));
      expect(plain(engine.load(given, 2))).toEqual({ state: stateOf(other), end: given.length });
      expect(loadInto(engine, golden, device, given, 2, into)).toEqual({ done: stateOf(other) });
    });

    test.each(golden.refused ?? [])("refuses $what", ({ wire, code, path, piece: at, into }) => {
      const behind = subsectionAt(wire.split("\n")) === undefined ? [] : ["a5 after"];
      const given = wireOf(wire, behind);
      const piece = given[at + 1 + behind.length];
      // A piece behind the last is one that is refused before it is read.
      const due = { code, path: pathOf(path ?? piece?.label ?? "x"), offset: piece?.at ?? bytesOf(given).length };
      if (into === undefined)
        expect(withoutAllocation(() => attempt(() => engine.load(bytesOf(given), 2)))).toMatchObject({ refused: due });
      expect(loadInto(engine, golden, device, bytesOf(given), 2, into)).toMatchObject({ refused: due });
    });

    test.each(golden.unsendable ?? [])("does not save $what", ({ state: bad, code, path }) => {
      expect(attempt(() => engine.save(stateOf(bad)))).toMatchObject({ refused: { code, path: `device.${path}` } });
    });

    if (golden.older !== undefined) {
      const { wire, state: old } = golden.older;
      test("loads an older version", () => {
        const given = bytesOf(wireOf(wire));
        expect(plain(engine.load(given, 1))).toEqual({ state: stateOf(old), end: given.length });
        expect(loadInto(engine, golden, device, given, 1)).toEqual({ done: stateOf(old) });
      });
    }
  });

  /** What a cut within a piece gives: nothing but the field that does not fit. */
  function expectCut(engine: Engine, piece: Piece, cut: number): void {
    const part = bytes.subarray(0, cut);
    if (piece.label.startsWith("header of device")) {
      // What is not a whole name is not a subsection: the fields before it are all there is.
      expect(engine.load(part, 2).end).toBe(piece.at);
      return;
    }
    // Within a struct, they are taken for what comes behind it.
    if (piece.label.startsWith("header of")) return;
    for (const outcome of [attempt(() => engine.load(part, 2)), loadInto(engine, golden, device, part, 2)]) {
      expect(outcome, `cut at ${cut}`).toMatchObject({ refused: { code: "truncated" } });
      if (!("refused" in (outcome as object))) continue;
      const { path, offset } = (outcome as { refused: { path: string; offset: number } }).refused;
      const due = pathOf(piece.label);
      // A codec checks a struct of fixed length as a whole, and the interpreter an array element by element.
      if (path !== due) expect(`${due}.`, `cut at ${cut}`).toContain(`${path}.`);
      else if (engine.name === "codec") expect(offset).toBe(piece.at);
      else expect(offset >= piece.at && offset <= cut, `cut at ${cut}, offset ${offset}`).toBe(true);
    }
  }
});

/** An older stream has no `x`: made of each golden whose field may be left out. */
const leftOut = GOLDENS.flatMap((golden) => (golden.absent === undefined ? [] : [[nameOf(golden), golden, golden.absent] as const]));

describe.each(leftOut)("%s, in an older stream", (_, golden, [json, value]) => {
  const device = deviceOf(golden, (fields) => {
    const [x] = fieldsOf(fields).filter(({ key }) => key === "x");
    return x === undefined ? fields : { ...fields, x: { ...x, since: 2, ...(value === undefined ? {} : { absent: json }) } };
  });
  const pieces = wireOf(golden.wire).filter(({ label }) => label !== "x" && !label.startsWith("x."));
  const bytes = bytesOf(pieces);
  const { x: _x, ...others } = golden.state;
  const hasX = device.fields.some(({ key, kind }) => key === "x" && kind.kind !== "unused_buffer");
  const state = { ...stateOf(others), ...(hasX ? { x: value } : {}) };

  test.each([...enginesOf(goldenVmsds(golden, device), "device")])("$name gives what stands for it", (engine) => {
    expect(plain(engine.load(bytes, 1))).toEqual({ state, end: bytes.length });
    expect(loadInto(engine, golden, device, bytes, 1)).toEqual({ done: state });
    expect(engine.load(bytesOf(wireOf(golden.wire)), 2)).toEqual({
      state: stateOf(golden.state),
      end: bytesOf(wireOf(golden.wire)).length,
    });
  });
});

describe("A2e: every kind", () => {
  const own = (kind: string): readonly Golden[] => GOLDENS.filter((golden) => golden.kind === kind);

  test.each(Object.keys(KINDS))("%s has a golden case", (kind) => {
    expect(own(kind)).not.toEqual([]);
  });

  test.each(Object.keys(KINDS).filter((kind) => kind !== "sent" && kind !== "marker"))(
    "%s is absent from an older stream in one",
    (kind) => {
      expect(own(kind).some(({ absent }) => absent !== undefined)).toBe(true);
    },
  );

  test("one with a limit is refused above it, on load and on save", () => {
    const limited = GOLDENS.filter(({ fields }) => fieldsOf(fields).some(({ kind }) => "max" in kind));
    for (const kind of new Set(limited.map((golden) => golden.kind).filter((each) => each !== "marker" && each !== "pointer"))) {
      expect(
        own(kind).some(({ refused }) => refused?.some(({ code }) => code === "limit")),
        `${kind} on load`,
      ).toBe(true);
      expect(
        own(kind).some(({ unsendable }) => unsendable?.some(({ code }) => code === "limit")),
        `${kind} on save`,
      ).toBe(true);
    }
  });

  test("names are told apart", () => {
    expect(new Set(GOLDENS.map(nameOf)).size).toBe(GOLDENS.length);
  });

  test("places are of no file that is read", () => {
    expect(AT.file).toBe("golden.ts");
  });
});

const MOST_ALLOCATED = 1 << 20;

/** What is refused must not have been allocated first, whatever it says of its size. */
function withoutAllocation<T>(work: () => T): T {
  const size = (): number => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const before = size();
  const result = work();
  expect(size() - before).toBeLessThan(MOST_ALLOCATED);
  return result;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

import { expect, test } from "vitest";
import type { Report, SectionVerdict } from "../report.ts";
import { sampleFinding, sampleReport } from "./sample-report.ts";
import { renderText } from "./text.ts";

const OPTIONS = { colour: false, columns: 80, direction: "forward", verbose: false } as const;
const section = (change: Partial<SectionVerdict>): SectionVerdict => ({
  forward: "compatible",
  backward: "compatible",
  vmsd: "vmsd",
  opaque: [],
  floor: { forward: "compatible", backward: "compatible" },
  in: "both",
  ...change,
});
const missing = (name: string, side: "old" | "new", fingerprint: string) => {
  const place = { pointer: `/${name}`, line: 1, column: 1, offset: 0, end: 9 };
  const { old: _old, new: _new, witness: _witness, predictedError: _error, ...rest } = sampleFinding();
  return {
    ...rest,
    [side]: place,
    rule: "section-missing",
    levels: { forward: "warning", backward: "warning" } as const,
    certainty: "unknown" as const,
    certainties: { forward: "unknown", backward: "unknown" } as const,
    sections: [name],
    path: name,
    message: `No such section '${name}'.`,
    advice: "Check that the other build has it.",
    fingerprint,
  };
};

const SMALL: Report = sampleReport(
  [
    sampleFinding({ sections: ["hpet", "ICH9 SMB"] }),
    missing("qxl", "old", "000000000000000a"),
    missing("igb", "new", "000000000000000b"),
    missing("ufs", "new", "000000000000000c"),
    sampleFinding({
      rule: "field-renamed",
      levels: { forward: "info", backward: "warning" },
      certainty: "likely",
      certainties: { forward: "likely", backward: "likely" },
      conditions: ["cmp"],
      message: "'cmp' is loaded as 'comparator': same slot, same size.",
      fingerprint: "000000000000000d",
      baseline: "known",
      note: "renamed upstream.",
    }),
    sampleFinding({ suppressed: true, fingerprint: "000000000000000e" }),
  ],
  {
    verdict: { forward: "incompatible", backward: "unknown" },
    sections: {
      hpet: section({ forward: "incompatible" }),
      "ICH9 SMB": section({ forward: "incompatible" }),
      igb: section({ forward: "unknown", backward: "unknown", in: "new" }),
      "virtio-net-device": section({ forward: "unknown", backward: "unknown", opaque: ["virtio"] }),
    },
    scope: { source: "libvirt", types: ["hpet", "nosuch"], complete: false, unknown: ["<tpm>"], outOfScope: 7 },
    suppressed: [{ fingerprint: "000000000000000e", reason: "never migrated while active", expires: "2031-01-01", by: "config.yaml" }],
  },
);

test("the report as it is read", () => {
  expect(renderText(SMALL, OPTIONS)).toMatchInlineSnapshot(`
    "incompatible
    1 error, 4 warnings, 0 notes, 1 suppressed

    forward: incompatible
      saved by old, loaded by new: 1 error, 3 warnings, 1 note, 1 suppressed; 2
      sections cannot be decided
    backward: no break found; 2 of 4 sections cannot be decided from metadata
      saved by new, loaded by old: 0 errors, 4 warnings, 0 notes; this direction
      does not count

    old: old.json (pc-2.1)
    new: new.json

    Breaks (1)
    A migration fails, or loads wrong values.

      error  field-added-unguarded  hpet/timer/cmp  forward  00112233445566aa
        'cmp' (8 bytes) is read but never sent.
        affects 2 sections: hpet, ICH9 SMB
        old old.json:12:5
        new new.json:40:9
        forward, byte 16: nothing written, 'cmp' (8 bytes) read
        fails with: Missing section footer for …/hpet

    Loads, but look at it (1)
    The bytes stay in step; what they mean may not.

      warning  field-renamed  hpet/timer/cmp  forward note, backward warning  likely
          known to the baseline  000000000000000d
        'cmp' is loaded as 'comparator': same slot, same size.
        note: renamed upstream.
        only when present: cmp
        affects 1 section: hpet
        old old.json:12:5
        new new.json:40:9
        forward, byte 16: nothing written, 'cmp' (8 bytes) read
        fails with: Missing section footer for …/hpet

    Cannot be decided (3)
    Metadata does not hold what would decide it.

      warning  section-missing  forward and backward  1 finding
        1 section only in old: qxl

      warning  section-missing  forward and backward  2 findings
        2 sections only in new: igb, ufs

    Suppressed (1)
    Known and accepted; they do not count.

      suppressed  field-added-unguarded  hpet/timer/cmp  forward  000000000000000e
        never migrated while active (by config.yaml, until 2031-01-01)

    What to do
      - Move 'cmp' into a subsection. (2 findings)
      - Check that the other build has it. (3 findings)

    Sections that metadata cannot decide (2 of 4)
      opaque field 'virtio': virtio-net-device
      1 section described by new only, named in the findings above

    Coverage
      5 sections compared, 0 only in old, 0 only in new
      20 fields compared: 3 conditional, 2 opaque, 1 with an unknown count
      never in a dump: RAM contents

    Scope: 2 types from libvirt; 7 sections out of scope
      incomplete, not translated into a type: <tpm>
    "
  `);
});

test("a break in the direction that does not count leaves the first line alone", () => {
  const first = (direction: "forward" | "backward" | "both"): string | undefined =>
    renderText(SMALL, { ...OPTIONS, direction }).split("\n")[0];
  expect(first("forward")).toBe("incompatible");
  expect(first("backward")).toBe("no break found; 2 of 4 sections cannot be decided from metadata");
  expect(first("both")).toBe("incompatible");
  expect(renderText(sampleReport([]), OPTIONS).split("\n")[0]).toBe("compatible");
});

test("with both directions each has a line of its own", () => {
  const lines = renderText(SMALL, { ...OPTIONS, direction: "both" }).split("\n");
  expect(lines).toContain("forward: incompatible");
  expect(lines).toContain("backward: no break found; 2 of 4 sections cannot be decided from metadata");
});

test("folding names every section; verbose folds nothing and says why", () => {
  const verbose = renderText(SMALL, { ...OPTIONS, verbose: true });
  expect(verbose).toContain("section-missing  igb");
  expect(verbose).toContain("why: Fields are on the wire");
  const many = sampleReport([sampleFinding({ sections: Array.from({ length: 73 }, (_, index) => `dev-${index}`) })]);
  expect(renderText(many, OPTIONS)).toMatch(/affects 73 sections: dev-0,[\s\S]*dev-11, and 61\s+more/);
  expect(renderText(many, { ...OPTIONS, verbose: true })).toContain("dev-72");
});

test("a section that proves missing is a break and is not folded", () => {
  const proven = {
    levels: { forward: "error", backward: "none" },
    certainty: "proven",
    certainties: { forward: "proven", backward: "proven" },
  } as const;
  const text = renderText(sampleReport([{ ...missing("qxl", "old", "000000000000000a"), ...proven }]), OPTIONS);
  expect(text).toContain("error  section-missing  qxl  forward  000000000000000a");
});

test("colours only when asked, and they change nothing else", () => {
  const coloured = renderText(SMALL, { ...OPTIONS, colour: true });
  const plain = renderText(SMALL, OPTIONS);
  expect(coloured).toContain("\u001b[1;31mincompatible\u001b[0m");
  expect(plain).not.toContain("\u001b");
  const sequence = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
  expect(coloured.replaceAll(sequence, "")).toBe(plain);
});

import { expect, test } from "vitest";
import { renderJunit } from "./junit.ts";
import { sampleFinding, sampleReport } from "./sample-report.ts";

const section = {
  vmsd: "v",
  forward: "compatible",
  backward: "compatible",
  opaque: [],
  floor: { forward: "compatible", backward: "compatible" },
  in: "both",
} as const;

test("a case a section and direction: failed, skipped or passed", () => {
  const unknown = { forward: "unknown", backward: "unknown" } as const;
  const xml = renderJunit(
    sampleReport(
      [
        sampleFinding(),
        sampleFinding({
          fingerprint: "000000000000000b",
          sections: ["i8042"],
          levels: { forward: "warning", backward: "none" },
          certainties: unknown,
        }),
        sampleFinding({ fingerprint: "000000000000000c", sections: ["rtc"], suppressed: true }),
        sampleFinding({ fingerprint: "000000000000000d", sections: [], rule: "machine-name-differs", path: "vmschkmachine" }),
      ],
      { sections: { hpet: section, i8042: section, net: { ...section, ...unknown, opaque: ["virtio"] }, rtc: section } },
    ),
  );
  const cases = [...xml.matchAll(/<testcase classname="forward" name="([^"]*)"(?:\/>|>\s*<(\w[\w-]*))/g)].map(([, name, outcome]) => [
    name,
    outcome,
  ]);
  expect(cases).toEqual([
    ["hpet", "failure"],
    ["i8042", "skipped"],
    ["net", "skipped"],
    ["rtc", "skipped"],
    ["machine-name-differs vmschkmachine", "failure"],
  ]);
  expect(xml).toContain('<testsuite name="forward" tests="5" failures="2" errors="0" skipped="3">');
  expect(xml).toContain('<testsuite name="backward" tests="4" failures="0" errors="0" skipped="1">');
  expect(xml).toContain('<skipped message="unknown: only code knows what these fields send: virtio"/>');
});

import { expect, test } from "vitest";
import { buildMatrix } from "./build-matrix.ts";
import { judgeMatrix } from "./judge-matrix.ts";
import type { MatrixInput } from "./matrix.ts";
import { renderMatrix } from "./render-matrix.ts";
import { renderMatrixMarkdown } from "./render-matrix-markdown.ts";
import { dump, HISTORY } from "./synthetic-dump.ts";

const today = "2026-07-01";

function inputsOf(names: readonly string[], prefix = ""): MatrixInput[] {
  const histories = Object.values(HISTORY);
  return names.map((name, at) => ({
    build: `${prefix}${name}`,
    machine: "pc",
    metadata: dump("pc", histories[at % histories.length] ?? {}),
  }));
}

test("the text form", () => {
  const matrix = buildMatrix(inputsOf(Object.keys(HISTORY)));
  const windows = [
    { from: ["1.0"], to: ["1.*"], machines: ["*"], direction: "forward" as const, until: "2027-06-30", reason: "fleet" },
    { from: ["0.9"], to: ["2.0"], machines: ["*"], direction: "both" as const, until: "2025-01-01" },
    { from: ["1.1"], to: ["3.0"], machines: ["*"], direction: "both" as const },
  ];
  const gate = judgeMatrix(matrix, { today, policy: { path: "policy.json", windows } });
  expect(`\n${renderMatrix(matrix, gate)}`).toMatchInlineSnapshot(`
    "
    incompatible: 1 of 2 counted cells; 1 file wanted by the policy is missing
    4 files of 4 builds, 1 machine type.

    pc
                loaded by
      saved by  1.0  1.1  1.2  2.0
      1.0       ok=  ok*  X1!  X2
      1.1       X1   ok=  ok   X1
      1.2       X1   ok   ok=  X1
      2.0       X2   X1   X1   ok=

      first broken in 1.1: its state no longer loads in older builds
        1.1 -> 1.0  section-version-too-new  timer
          in timer

      first broken in 1.2: older state no longer loads
        1.0 -> 1.2 (no single step)  section-version-too-old  timer
          in timer

      first broken in 2.0: older state no longer loads
        1.2 -> 2.0  field-added-unguarded  timer/c
          in timer

      first broken in 2.0: its state no longer loads in older builds
        2.0 -> 1.2  field-removed  timer/c
          in timer

      oldest state that still loads
        2.0 loads only its own (compatible); refuses 1.0, 1.1, 1.2
        1.2 loads from 1.1 on (compatible); refuses 1.0
        1.1 loads from 1.0 on (compatible)

      ways round what is incompatible
        1.0 -> 1.1 -> 1.2 (compatible)
        A machine that was migrated twice is only as good as both steps: the last
        build loads what the one between wrote, and it cannot tell what that one
        dropped or filled in. QEMU does not test such chains and documents them as
        unsupported.

    ok compatible      ?  metadata cannot decide      ~ a condition decides
    Xn n errors        =  the same on both sides      * counts      ! fails

    policy
      1. 1.0 to 1.*, *, until 2027-06-30 (fleet)
         failing: 1 of 2 cells: 1.0 -> 1.2
      2. 0.9 to 2.0, and back, *, until 2025-01-01
         expired on 2025-01-01; it does not count any more
      3. 1.1 to 3.0, and back, *
         0 cells, none fails
         missing: No metadata of a build '3.0'.
    "
  `);
});

test("the markdown form", () => {
  const matrix = buildMatrix(inputsOf(["1.0", "1.1", "1.2"]));
  expect(`\n${renderMatrixMarkdown(matrix, judgeMatrix(matrix, { today }))}`).toMatchInlineSnapshot(`
    "
    **incompatible: 1 of 3 counted cells**

    3 files of 3 builds, 1 machine type.

    ### \`pc\`

    | saved by \\ loaded by | \`1.0\` | \`1.1\` | \`1.2\` |
    | --- | --- | --- | --- |
    | \`1.0\` | \`ok=\` | \`ok*\` | \`X1!\` |
    | \`1.1\` | \`X1\` | \`ok=\` | \`ok*\` |
    | \`1.2\` | \`X1\` | \`ok\` | \`ok=\` |

    | first broken in | step | rule | path | sections |
    | --- | --- | --- | --- | --- |
    | \`1.2\` | \`1.0 -> 1.2\` | \`section-version-too-old\` | \`timer\` | 1 |
    | \`1.1\` | \`1.1 -> 1.0\` | \`section-version-too-new\` | \`timer\` | 1 |

    | build | loads from | except | refuses | verdict |
    | --- | --- | --- | --- | --- |
    | \`1.1\` | \`1.0\` |  |  | compatible |
    | \`1.2\` | \`1.1\` |  | \`1.0\` | compatible |

    | way round | verdict |
    | --- | --- |
    | \`1.0 -> 1.1 -> 1.2\` | compatible |

    A machine that was migrated twice is only as good as both steps: the last build loads what the one between wrote, and it cannot tell what that one dropped or filled in. QEMU does not test such chains and documents them as unsupported.

        ok compatible      ?  metadata cannot decide      ~ a condition decides
        Xn n errors        =  the same on both sides      * counts      ! fails
    "
  `);
});

test("eight builds fit beside each other in 80 columns; more follow in blocks", () => {
  const versions = (count: number): string[] => Array.from({ length: count }, (_, at) => `${10 + at}.2.1`);
  const grid = (count: number): string[] => {
    const matrix = buildMatrix(inputsOf(versions(count)));
    return renderMatrix(matrix, judgeMatrix(matrix, { today })).split("\n");
  };
  expect(grid(8).filter((line) => line.includes("loaded by"))).toHaveLength(1);
  expect(grid(30).filter((line) => line.includes("loaded by")).length).toBeGreaterThan(1);
  expect(Math.max(...grid(30).map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("long names head no column: the columns are numbered", () => {
  const matrix = buildMatrix(inputsOf(["1", "2"], "7.2.0-distribution-el9-"));
  expect(renderMatrix(matrix, judgeMatrix(matrix, { today }))).toContain("  saved by                     #1   #2\n");
});

test("a long history is cut with its total, and no name reaches the terminal raw", () => {
  const devices = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`dev${at}\u001b[31m`, { versions: [2, 2], fields: { a: 0 } }] as const),
  );
  const older = Object.fromEntries(Object.entries(devices).map(([name, device]) => [name, { ...device, versions: [1, 1] }] as const));
  const matrix = buildMatrix([
    { build: "1\nx", machine: "pc", metadata: dump("pc", older as (typeof HISTORY)[string]) },
    { build: "2", machine: "pc", metadata: dump("pc", devices as unknown as (typeof HISTORY)[string]) },
  ]);
  const text = renderMatrix(matrix, judgeMatrix(matrix, { today }));
  expect(text).toMatch(/and 10 more of 30/);
  expect(text).not.toContain("\u001b");
  expect(renderMatrixMarkdown(matrix, judgeMatrix(matrix, { today }))).not.toContain("\u001b");
});

test("nothing to compare is said, not called compatible", () => {
  const matrix = buildMatrix(inputsOf(["1.0"]));
  expect(renderMatrix(matrix, judgeMatrix(matrix, { today })).split("\n")[0]).toBe("nothing counts: no two builds to compare");
});

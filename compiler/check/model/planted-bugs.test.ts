import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { type Checker, runModel } from "./run.ts";

/** A bug that someone could make: in `file`, `snippet` becomes `by`. */
interface Plant {
  readonly file: string;
  readonly snippet: string;
  readonly by: string;
}

const check = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "vmstate-planted-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The checker with a bug in it. Throws when the snippet is not there: a bug that is not planted would pass for one that is missed. */
async function bundle(name: string, plant?: Plant): Promise<Checker> {
  const outfile = join(folder, `${name.replaceAll(" ", "-")}.mjs`);
  let planted = plant === undefined;
  await build({
    stdin: {
      contents: 'export { readMetadata as parse } from "../describe/index.ts"; export { compare } from "./compare.ts";',
      resolveDir: check,
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    logLevel: "silent",
    plugins: [
      {
        name: "plant",
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            if (plant === undefined || path !== join(check, plant.file)) return undefined;
            const text = readFileSync(path, "utf8");
            if (text.split(plant.snippet).length !== 2) throw new Error(`${plant.file} does not hold the snippet once.`);
            planted = true;
            return { contents: text.replace(plant.snippet, () => plant.by), loader: "ts" };
          });
        },
      },
    ],
  });
  if (!planted) throw new Error(`${plant?.file} is not part of the checker.`);
  return (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as Checker;
}

test("the bundle without a bug passes", async () => {
  const checker = await bundle("none");
  expect(runModel(1, 1_000, checker).failure).toBeUndefined();
  expect(faultsFound(checker)).toBe(3);
});

test("a snippet that is not there is an error", async () => {
  await expect(bundle("absent", { file: "align/slots.ts", snippet: "no such text", by: "" })).rejects.toThrow("does not hold the snippet");
});

test.each<[string, Plant]>([
  [
    "version filter off",
    { file: "align/slots.ts", snippet: "if (field.field_exists !== true && field.version_id > version) continue;", by: "" },
  ],
  [
    "num ignored",
    {
      file: "align/slots.ts",
      snippet: "const { num, kind, count } = slot.field;",
      by: "const { kind, count } = slot.field, num = undefined;",
    },
  ],
  [
    "nested version ignored",
    {
      file: "align/align-vmsd.ts",
      snippet: "fromVersion: left.version_id,\n    toVersion: right.version_id,",
      by: "fromVersion: frame.fromVersion,\n    toVersion: frame.toVersion,",
    },
  ],
  [
    "reordering accepted",
    {
      file: "rules/field-reordered.ts",
      snippet: 'relation === "moved" && from[0] !== undefined',
      by: "relation === undefined && from[0] !== undefined",
    },
  ],
])("the model finds the bug: %s", async (name, plant) => {
  const { failure, pairs } = runModel(1, 1_000, await bundle(name, plant));
  expect(failure).toMatch(/VMSTATE_SEED=\d+.*: (compatible|incompatible), but/);
  expect(pairs).toBeLessThanOrEqual(1_000);
});

test("without resynchronisation independent faults are missed", async () => {
  const call = "alignGap(frame, left, right, next, run);";
  const checker = await bundle("no resynchronisation", {
    file: "align/align-vmsd.ts",
    snippet: `      ${call}\n`,
    by: `      ${call}\n      return;\n`,
  });
  expect(faultsFound(checker)).toBeLessThan(3);
});

/** Findings for one device with three independent faults: a field dropped, one added, one resized. */
function faultsFound({ parse, compare }: Checker): number {
  const dump = (sizes: Readonly<Record<string, number>>): Uint8Array => {
    const Fields = Object.entries(sizes).map(([field, size]) => ({ field, version_id: 0, field_exists: false, size }));
    const versions = { version_id: 1, minimum_version_id: 1 };
    return Buffer.from(JSON.stringify({ dev: { Name: "dev", ...versions, Description: { name: "dev", ...versions, Fields } } }));
  };
  const old = dump({ a: 4, dropped: 2, b: 4, c: 8, resized: 4, d: 4 });
  const new_ = dump({ a: 4, b: 4, added: 1, c: 8, resized: 8, d: 4 });
  return compare(parse(old, "old.json"), parse(new_, "new.json")).findings.filter(({ levels }) => levels.forward === "error").length;
}

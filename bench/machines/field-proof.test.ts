import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { builtInMachines } from "../../cli/built-in-machines.ts";
import { candidatesOf } from "../../cli/stream/machine/candidate.ts";
import { MachineCodec } from "../../cli/stream/machine/machine-codec.ts";
import { createRandom } from "../../compiler/oracle/random.ts";
import type { Contents } from "../../runtime/stream/diff/contents.ts";
import { changesIn, contentsOf as contentsBy, holdsByte, nthByte } from "../../runtime/stream/proof/changed-byte.ts";

// A byte of a device's state that was changed, in a stream that neither names its machine type nor describes itself, is found: diff names the one
// field that holds it, or the stream is refused at that byte.
const FLIPS = Number(process.env.VMSTATE_FLIPS ?? "200");
const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const FOLDER = "fixtures/machines";

const ir = builtInMachines();
const candidates = candidatesOf(
  ir,
  Object.values(ir.machines).filter(({ container }) => !container.configuration),
);
const streams = readdirSync(FOLDER).filter((name) => /pc-i440fx-2\.[012]-.*\.mig\.gz$/.test(name));
const found = { field: 0, refused: 0 };
afterAll(() =>
  console.log(`flips: of streams that describe nothing ${found.field} named by their field, ${found.refused} refused at their offset`),
);

test.each(streams)("every byte of a device that is changed has a field, or is refused: %s", { timeout: 600_000 }, (name) => {
  const bytes = new Uint8Array(gunzipSync(readFileSync(`${FOLDER}/${name}`)));
  const before = contentsOf(bytes);
  const targets = [...before.sections.values()].map(({ item }) => item.body);
  const total = targets.reduce((sum, each) => sum + each.bytes, 0);
  const { below } = createRandom(SEED);
  for (let flip = 0; flip < FLIPS / streams.length; flip++) {
    // By bytes, and by sections, as most bytes are those of a few large ones.
    const section = targets[below(targets.length)] ?? { at: 0, bytes: 0 };
    const at = flip % 2 === 0 && section.bytes > 0 ? section.at + below(section.bytes) : nthByte(targets, below(total));
    const original = bytes[at] as number;
    bytes[at] = original ^ (1 + below(255));
    const verdict = judge(before, contentsOf(bytes), at);
    expect(verdict, `VMSTATE_SEED=${SEED}: byte ${at} of ${name}, ${original} became ${bytes[at]}`).toMatch(/^(field|refused)$/);
    found[verdict as keyof typeof found]++;
    bytes[at] = original;
  }
});

test("a damaged subsection is not taken for other properties of the device, which would swallow the section behind", () => {
  const bytes = new Uint8Array(gunzipSync(readFileSync(`${FOLDER}/7.2-pc-i440fx-2.1-pci-bridges-nested.mig.gz`)));
  const before = contentsOf(bytes);
  // The version of piix4_pm/memhp.
  const at = Buffer.from(bytes).indexOf("piix4_pm/memhp") + "piix4_pm/memhp".length + 1;
  bytes[at] = 158;
  expect(judge(before, contentsOf(bytes), at)).toBe("field");
});

function contentsOf(bytes: Uint8Array): Contents {
  return contentsBy(bytes, new MachineCodec(candidates, false));
}

function judge(a: Contents, b: Contents, at: number): string {
  const { differences, problems } = changesIn(a, b);
  const [only, more] = differences;
  // All of a body that nothing describes is called "data".
  const isNamed =
    only?.difference === "version" || (only?.difference === "field" && only.path !== "data" && (only.path !== "" || only.type === "head"));
  if (isNamed && more === undefined && holdsByte(only, at)) return "field";
  if (problems[0]?.at === at) return "refused";
  return JSON.stringify({ differences: differences.slice(0, 3), problems: problems.slice(0, 3) });
}

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { emitCodec } from "../emit/codec-module.ts";
import { emitView } from "../emit/view-module.ts";
import type { VmsdIr } from "../ir.ts";
import { goldenVmsds } from "../kinds/golden/device.ts";
import { vmsd as vmsdOf } from "../kinds/golden/golden.ts";
import { GOLDENS } from "../kinds/golden/index.ts";
import type { Program } from "../kinds/kind.ts";
import { programOf } from "../program.ts";
import { readDescriptors } from "../read/index.ts";
import { randomSchema } from "./random-schema.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const FIRST = Number(process.env.VMSTATE_SEED ?? "1");
/** The check of so many takes some seconds; the codecs are much alike. */
const SCHEMAS = Number(process.env.VMSTATE_TYPED ?? "60");

/** An array of no structs, whose look for subsections was left out but for its import; one of structs that have no state. */
const ONCE_FAILED = [70010159, 110000365];

const EMPTY = vmsdOf("empty", {});

test("generated codecs and views pass the type check of this project", () => {
  const folder = mkdtempSync(join(tmpdir(), "vmstate-typed-"));
  try {
    for (const seed of new Set([...ONCE_FAILED, ...Array.from({ length: SCHEMAS }, (_, nth) => FIRST + nth)])) {
      const schema = randomSchema(seed);
      writeAll(join(folder, `seed${seed}`), schema.vmsds, schema);
    }
    for (const [at, golden] of GOLDENS.entries()) {
      const vmsds = goldenVmsds(golden);
      writeAll(join(folder, `golden${at}`), vmsds, programOf(vmsds));
    }
    const { ir } = readDescriptors(join(ROOT, "fixtures/descriptors"), ["every-kind.ts", "serial.ts"]);
    writeAll(join(folder, "descriptors"), ir.vmsds, programOf(ir.vmsds));
    // A state with nothing in it, whose functions have nothing to do.
    writeAll(join(folder, "empty"), { empty: EMPTY }, programOf({ empty: EMPTY }));
    expect(typeErrors(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 600_000);

function writeAll(folder: string, vmsds: Readonly<Record<string, VmsdIr>>, program: Program): void {
  mkdirSync(folder);
  const runtime = relative(folder, join(ROOT, "runtime/codec/v1.ts"));
  const paths = { runtime, codec: (other: string) => `./${other}.ts`, view: (other: string) => `./${other}.view.ts` };
  for (const [id, vmsd] of Object.entries(vmsds)) {
    writeFileSync(join(folder, `${id}.ts`), emitCodec(vmsd, program, paths));
    writeFileSync(join(folder, `${id}.view.ts`), emitView(vmsd, program, paths));
  }
}

/** What the compiler says of a folder under the options that all of this project has. */
function typeErrors(folder: string): string[] {
  const base = JSON.parse(readFileSync(join(ROOT, "tsconfig.base.json"), "utf8")) as { compilerOptions: object };
  const compilerOptions = {
    ...base.compilerOptions,
    types: [],
    composite: false,
    declaration: false,
    emitDeclarationOnly: false,
    noEmit: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["."] }));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const run = spawnSync(join(ROOT, "node_modules/.bin/tsc"), ["-p", folder, "--pretty", "false"], { encoding: "utf8", maxBuffer: 1 << 28 });
  return run.stdout.split("\n").filter((line) => line !== "");
}

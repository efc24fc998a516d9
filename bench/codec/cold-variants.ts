import { mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { emitFiles } from "../../compiler/emit/files.ts";
import type { Value } from "../../compiler/expr/expr.ts";
import { Refusal } from "../../compiler/interpret/input.ts";
import { interpretLoad, interpretSave } from "../../compiler/interpret.ts";
import type { Ir, MachineIr } from "../../compiler/ir.ts";
import type { Program } from "../../compiler/kinds/kind.ts";
import { programOf } from "../../compiler/program.ts";
import { globSync } from "../../compiler/read/glob.ts";
import { readDescriptors } from "../../compiler/read/index.ts";
import { writeDescriptors } from "../descriptors.ts";
import { coldPrograms } from "./cold-programs.ts";

/** A program that loads the state. Given "time" it prints the milliseconds that took, given "print" what it loaded. */
export interface Variant {
  readonly name: string;
  readonly script: string;
  /** Bytes that it reads, but the state. */
  readonly size: number;
}

const DEVICES = 60;
const MACHINE = "pc-2.0";
/** Devices with more state hold the memory of a card, and would be a test of copying. */
const ROOM = 1 << 17;

/** Writes devices, what is generated from them, a state, and the programs, into a folder. */
export function writeVariants(given: string): { variants: readonly Variant[]; sections: number; bytes: number } {
  const folder = resolve(given);
  rmSync(folder, { recursive: true, force: true });
  writeDescriptors(folder, DEVICES);
  symlinkSync(resolve("."), join(folder, "node_modules/vmstate"));
  const { ir } = readDescriptors(
    folder,
    globSync(join(folder, "devices")).map((path) => `devices/${path}`),
  );
  for (const [path, text] of emitFiles(ir, { runtime: resolve("runtime/codec/v1.ts") })) write(join(folder, "gen", path), text);
  write(join(folder, "ir.json"), JSON.stringify(ir));
  const state = stateOf(ir);
  writeFileSync(join(folder, "state.bin"), state.bytes);
  write(join(folder, "index.json"), JSON.stringify(state.index));
  for (const [entry, text] of Object.entries(coldPrograms(folder, MACHINE))) write(join(folder, `${entry}.ts`), text);
  const irSize = statSync(join(folder, "ir.json")).size;
  const variants = [
    bundle(folder, "generated", false),
    bundle(folder, "interpreter", false, irSize),
    bundle(folder, "generated", true),
    bundle(folder, "interpreter", true, irSize),
    modules(folder),
  ];
  return { variants, sections: state.index.length, bytes: state.bytes.length };
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly versionId: number;
}

/** A state of every device with every subsection: what the interpreter makes of noise. */
function stateOf(ir: Ir): { readonly index: readonly Entry[]; readonly bytes: Uint8Array } {
  const program = programOf(ir.vmsds);
  const { devices } = Object.values(ir.machines).find(({ name }) => name === MACHINE) as MachineIr;
  let seed = 12345;
  const noise = Uint8Array.from({ length: ROOM }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    // None that could begin a subsection.
    return (seed >>> 24) | 8;
  });
  const sections = devices.flatMap((id) => {
    const { name, versionId } = program.vmsd(id);
    const state = loaded(program, id, noise, versionId);
    if (state === undefined) return [];
    return { entry: { id, name, versionId }, bytes: interpretSave(program, id, state) };
  });
  return { index: sections.map(({ entry }) => entry), bytes: Buffer.concat(sections.map(({ bytes }) => bytes)) };
}

function loaded(program: Program, id: string, bytes: Uint8Array, versionId: number): Value {
  try {
    return interpretLoad(program, id, bytes, versionId).state;
  } catch (error) {
    if (error instanceof Refusal && error.code === "truncated") return undefined;
    throw error;
  }
}

/** One file, as users put on a machine. */
function bundle(folder: string, entry: string, minify: boolean, more = 0): Variant {
  const script = join(folder, `${entry}${minify ? ".min" : ""}.cjs`);
  buildSync({
    entryPoints: [join(folder, `${entry}.ts`)],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify,
    outfile: script,
  });
  return { name: `${entry}${minify ? ", minified" : ""}`, script, size: statSync(script).size + more };
}

/** Every generated file a module of its own, as in development. */
function modules(folder: string): Variant {
  const outdir = join(folder, "modules");
  const files = globSync(join(folder, "gen")).map((path) => join(folder, "gen", path));
  const runtime = globSync(resolve("runtime/codec"))
    .filter((path) => !path.endsWith(".test.ts"))
    .map((path) => resolve("runtime/codec", path));
  const { outputFiles } = buildSync({
    entryPoints: [join(folder, "generated.ts"), ...files, ...runtime],
    platform: "node",
    target: "node20",
    format: "esm",
    outbase: "/",
    outdir,
    write: false,
  });
  let size = 0;
  for (const { path, text } of outputFiles) {
    const code = text.replaceAll(
      /(from |import\()"([^"]+)\.ts"/g,
      (_, before: string, to: string) => `${before}"${to.startsWith("/") ? join(outdir, to) : to}.js"`,
    );
    size += code.length;
    write(path, code);
  }
  write(join(outdir, "package.json"), '{ "type": "module" }');
  return { name: "generated, modules apart", script: join(outdir, folder, "generated.js"), size };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

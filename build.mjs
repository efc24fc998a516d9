// Bundles the commands and, with --generate, writes what is generated and committed. With --generate --check it writes nothing
// and fails when a committed file is stale.
import { isAscii } from "node:buffer";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { Ajv } from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";

const SCHEMAS = [
  {
    out: "compiler/describe/gen/validators.js",
    validators: {
      validateMetadata: "compiler/describe/schemas/metadata.schema.json",
      validateDescription: "compiler/describe/schemas/description.schema.json",
    },
  },
  {
    out: "compiler/check/gen/validators.js",
    validators: {
      validateConfig: "compiler/check/schemas/config.schema.json",
      validateBaseline: "compiler/check/schemas/baseline.schema.json",
      validateRenames: "compiler/check/schemas/renames.schema.json",
    },
  },
  {
    out: "compiler/check/matrix/gen/validators.js",
    validators: { validateSupportPolicy: "compiler/check/schemas/support-policy.schema.json" },
  },
];

const { out: MACHINES } = JSON.parse(readFileSync("vmstate.compile.json", "utf8"));
const MEASURED = "bench/codec/gen";

/** What our own compiler makes: the machine types, by vmstate.compile.json, and the codecs that are measured. */
const COMPILED = [
  { out: MACHINES, args: [] },
  { out: MEASURED, args: ["bench/codec/e1000-like.ts", "-o", MEASURED, "--runtime", "../../../runtime/codec/v1.ts"] },
];

/** The machine types that come along, as the compiler read them. */
const READ = `${MACHINES}/ir.json`;

/** Bundles for require have no import.meta. */
const required = { format: "cjs", outExtension: { ".js": ".cjs" }, define: { "import.meta.dirname": "__dirname" } };

const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  outdir: "dist",
  logLevel: "warning",
  packages: "external",
  supported: { "dynamic-import": false },
};

if (process.argv.includes("--generate")) await generate(process.argv.includes("--check"));
else await bundle();

async function generate(check) {
  const stale = [];
  for (const { out, validators } of SCHEMAS) {
    const code = await validatorCode(validators);
    if (check ? readFileSync(out, "utf8") !== code : false) stale.push(out);
    if (!check) writeFileSync(out, code);
  }
  const { generateExamples } = await importTypeScript("compiler/check/explain/generate-examples.ts");
  const examples = { out: "compiler/check/explain/examples.json", text: generateExamples("fixtures") };
  if (!check) writeFileSync(examples.out, examples.text);
  else if (readFileSync(examples.out, "utf8") !== examples.text) stale.push(examples.out);
  const { macroTable } = await importTypeScript("compiler/kinds/macro-table.ts");
  const page = readFileSync("README.md", "utf8");
  const text = page.replace(/(?<=<!-- macros -->\n)[\s\S]*?(?=<!-- \/macros -->)/, () => `${macroTable()}\n`);
  if (!check) writeFileSync("README.md", text);
  else if (page !== text) stale.push("README.md");
  const kernel = { out: "runtime/ram/gen/kernel.ts", text: await kernelCode() };
  if (!check) writeFileSync(kernel.out, kernel.text);
  else if (readFileSync(kernel.out, "utf8") !== kernel.text) stale.push(kernel.out);
  const thread = { out: "runtime/guest/synthetic/gen/thread.ts", text: await threadCode("runtime/guest/synthetic/main.ts") };
  if (!check) writeFileSync(thread.out, thread.text);
  else if (readFileSync(thread.out, "utf8") !== thread.text) stale.push(thread.out);
  await bundleCommands();
  if (check) stale.push(...codecs(["--check"]));
  else codecs([]);
  if (stale.length > 0) {
    console.error(`stale: ${stale.join(", ")}; run npm run generate`);
    process.exit(1);
  }
}

/** Gives what is stale. */
function codecs(options) {
  return COMPILED.flatMap(({ out, args }) => {
    const command = ["dist/vmstate.cjs", "compile", ...args, ...options];
    const { status } = spawnSync(process.execPath, command, { stdio: ["ignore", "inherit", "inherit"] });
    return status === 0 ? [] : [out];
  });
}

/** The page kernel; a module has to say of the memory that it is given whether that is shared, so there are two. */
async function kernelCode() {
  const { default: load } = await import("wabt");
  const wabt = await load();
  const folder = "runtime/ram/kernel";
  const parts = readdirSync(folder)
    .filter((name) => name.endsWith(".wat"))
    .sort();
  const functions = parts.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  const binary = (memory) => {
    const module = wabt.parseWat("kernel.wat", `(module (import "ram" "memory" ${memory})\n${functions})`, { simd: true, threads: true });
    try {
      return Buffer.from(module.toBinary({}).buffer).toString("base64");
    } finally {
      module.destroy();
    }
  };
  return `// Generated by npm run generate from ${folder}. Do not edit.
export const KERNEL =
  "${binary("(memory 0)")}";
export const KERNEL_SHARED =
  "${binary("(memory 0 65536 shared)")}";
`;
}

/** What a thread of its own runs, as text: where it was installed there is no such file, and before it was built none that a thread can load. */
async function threadCode(path) {
  const options = { bundle: true, platform: "node", target: "node20", format: "cjs", minifyWhitespace: true, minifySyntax: true };
  const { outputFiles } = await build({ ...options, entryPoints: [path], write: false });
  const text = Buffer.from(outputFiles[0].contents).toString("base64");
  return `// Generated by npm run generate from ${path}. Do not edit.\nexport const CODE =\n  "${text}";\n`;
}

async function importTypeScript(path) {
  const { outputFiles } = await build({ entryPoints: [path], bundle: true, platform: "node", format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}

/** ajv's standalone code, bundled with the parts of ajv's runtime that it needs, so that a command loads no compiler. */
async function validatorCode(validators) {
  const ajv = new Ajv({ code: { source: true, esm: true, lines: true }, strictTypes: false, allowUnionTypes: true });
  const names = {};
  for (const [name, file] of Object.entries(validators)) {
    const schema = JSON.parse(readFileSync(file, "utf8"));
    ajv.addSchema(schema);
    names[name] = schema.$id;
  }
  const { outputFiles } = await build({
    stdin: { contents: standaloneCode(ajv, names), resolveDir: "." },
    bundle: true,
    format: "esm",
    write: false,
    charset: "utf8",
  });
  const inputs = Object.values(validators).join(", ");
  return `// Generated by npm run generate from ${inputs}. Do not edit.\n${outputFiles[0].text}`;
}

async function bundle() {
  await bundleCommands();
  await bundleBenches();
  writeCodeCaches();
}

async function bundleCommands() {
  mkdirSync("dist", { recursive: true });
  if (existsSync(READ)) writeFileSync("dist/machines.json", readFileSync(READ));
  const libraries = { index: "compiler/check/index.ts", schema: "compiler/schema/index.ts", "codec/v1": "runtime/codec/v1.ts" };
  await build({ ...common, entryPoints: libraries, format: "esm" });
  const testing = { entryPoints: { testing: "compiler/testing/index.ts" }, format: "esm", plugins: [runtimeOfPackage()] };
  await build({ ...common, ...testing, minifyWhitespace: true, minifySyntax: true });
  // Names stay, so that the stack of an error of our own can be read; white space goes, as the code is read at every start.
  const minified = { ...common, ...required, minifyWhitespace: true, minifySyntax: true };
  // What the launcher calls; put around the text there, it would be copied.
  const called = { banner: { js: "(function (exports, require, module, __filename, __dirname) {" }, footer: { js: "})" } };
  const parts = {};
  await build({ ...minified, ...called, entryPoints: { main: "cli/main.ts" }, plugins: [enginesOwn()] });
  await build({ ...minified, ...called, entryPoints: { check: "cli/check-main.ts" }, plugins: [apart(parts)] });
  await build({ ...minified, ...called, entryPoints: { stream: "cli/stream-main.ts" } });
  await build({ ...minified, entryPoints: { ...parts, "hash-thread": "runtime/stream/ram/hash-thread.ts" } });
  await build({ ...minified, entryPoints: { engine: "cli/engine.ts" } });
  writeFileSync("dist/pc-i440fx-2.2.mig.gz", readFileSync("cli/migrate/pc-i440fx-2.2.mig.gz"));
  const launchers = { vmstate: "cli/vmstate.ts", "vmstate-check": "cli/vmstate-check.ts" };
  await build({ ...common, entryPoints: launchers, ...required, banner: { js: "#!/usr/bin/env node" } });
  // The launcher reads them byte by byte; what esbuild leaves as it is, such as a regular expression, must be escaped in the source.
  for (const name of ["main", "check", "stream"])
    if (!isAscii(readFileSync(`dist/${name}.cjs`))) throw new Error(`dist/${name}.cjs is not ASCII.`);
  for (const name of Object.keys(launchers)) chmodSync(`dist/${name}.cjs`, 0o755);
}

async function bundleBenches() {
  const benches = Object.fromEntries(
    ["truth", "bench", "prove", "streams", "machines"]
      .filter((name) => existsSync(`bench/${name}.ts`))
      .map((name) => [name, `bench/${name}.ts`]),
  );
  const others = {
    "codec-bench": "bench/codec/bench.ts",
    "codec-child": "bench/codec/child.ts",
    "codec-cold": "bench/codec/cold.ts",
    "codec-wide": "bench/codec/wide.ts",
    "compile-bench": "bench/compile.ts",
    "stream-values": "bench/stream/values.ts",
    "stream-speed": "bench/stream/speed.ts",
    "stream-print-memory": "bench/stream/print-memory.ts",
    "ram-bench": "bench/ram.ts",
    "ram-child": "bench/ram/child.ts",
    "channel-bench": "bench/migration/channel.ts",
    "migration-end": "bench/migration/end.ts",
    "migration-throughput": "bench/migration/throughput.ts",
    "migration-downtime": "bench/migration/downtime.ts",
    "migration-cleanup": "bench/migration/cleanup.ts",
    "migration-convergence": "bench/migration/convergence.ts",
    "migration-predict": "bench/migration/predict.ts",
    "migration-faults": "bench/migration/real-faults.ts",
    "migration-fault-end": "bench/migration/faults/end.ts",
    "state-loop-bench": "bench/state-loop.ts",
    "machines-agree": "bench/machines/agree.ts",
    "machines-inference": "bench/machines/inference.ts",
  };
  await build({ ...common, entryPoints: { ...benches, ...others }, ...required });
}

/** Generated code and what tests it share one copy of the runtime, that of the package. */
function runtimeOfPackage() {
  return {
    name: "runtime of the package",
    setup: ({ onResolve }) => onResolve({ filter: /\/runtime\/codec\/v1\.ts$/ }, () => ({ path: "vmstate/codec/v1", external: true })),
  };
}

/** What holds devices is a bundle of its own, with the codecs of all machine types: seven times as much code as all other commands have. */
function enginesOwn() {
  return {
    name: "engine's own",
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /\/engine\.ts$/ }, () => ({ path: "./engine.cjs", external: true }));
      onLoad({ filter: /machine-codecs\.ts$/ }, () => ({ errors: [{ text: "The codecs are for cli/engine.ts alone." }] }));
    },
  };
}

/** What a check loads only when it is asked for becomes a file of its own, entered into `parts`: no start has to read it. */
function apart(parts) {
  return {
    name: "apart",
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        if (kind !== "dynamic-import") return undefined;
        const file = join(resolveDir, path);
        const name = `check-${basename(path) === "index.ts" ? basename(dirname(file)) : basename(path, ".ts")}`;
        parts[name] = file;
        return { path: `./${name}.cjs`, external: true };
      }),
  };
}

/** Commands start from V8's code cache; it is taken after a run, when the functions that they need have been compiled. */
function writeCodeCaches() {
  const dumps = ["fixtures/dumps/qemu-7.2-pc-i440fx-2.12.json.gz", "fixtures/dumps/qemu-10.0-pc-i440fx-2.12.json.gz"];
  const stream = "fixtures/streams/10.0-pc-i440fx-2.12-stopped.mig.gz";
  if (dumps.every((path) => existsSync(path))) writeCodeCache("check", [dumps]);
  if (!existsSync(stream)) return;
  // As most streams are: no gzip, and a file that can be read from its end.
  const plain = "dist/stream-for-cache.mig";
  writeFileSync(plain, gunzipSync(readFileSync(stream)));
  writeCodeCache("stream", [
    ["info", plain],
    ["decode", "--no-ram", plain],
  ]);
  rmSync(plain);
}

/** The last of the runs is the one that writes. */
function writeCodeCache(command, runs) {
  const bundle = resolve(`dist/${command}.cjs`);
  rmSync(`${bundle}.cache`, { force: true });
  const all = runs.map((args) => [command, ...args]);
  const env = { ...process.env, VMSTATE_WRITE_CODE_CACHE: bundle, VMSTATE_CODE_CACHE_RUNS: JSON.stringify(all.slice(0, -1)) };
  spawnSync(process.execPath, ["dist/vmstate.cjs", ...all.at(-1)], { env, stdio: "ignore" });
}

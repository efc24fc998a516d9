import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  buildMatrix,
  type InputFile,
  isDay,
  judgeMatrix,
  type MatrixInput,
  readInputs,
  readSupportPolicy,
  renderMatrix,
  renderMatrixJson,
  renderMatrixMarkdown,
  SameBuildError,
} from "../../compiler/check/matrix/index.ts";
import { InputError, readTextFile } from "../../compiler/describe/index.ts";
import { type Command, EXIT, type Io, UsageError } from "../command.ts";
import { byteCount, oneOf, parseOptions } from "../options.ts";

const OPTIONS = {
  policy: { type: "string" },
  format: { type: "string" },
  json: { type: "boolean" },
  "fail-on": { type: "string" },
  direction: { type: "string" },
  order: { type: "string" },
  name: { type: "string", multiple: true },
  "across-machines": { type: "boolean" },
  "max-input": { type: "string" },
  today: { type: "string" },
} as const;

export const command: Command = {
  summary: "N x N verdicts over stored metadata, with a support policy",
  help: `usage: vmstate matrix (DIR|FILE)… [OPTION…]

Compares every build's state metadata with every other's, in both directions and for each machine type: which builds load whose
state, the build in which something first broke, how far back state still loads, and ways round over a build between. Files of
equal content are compared once. Of a directory, *.json and *.json.gz are read.

A file called qemu-BUILD-MACHINE.json is of that build and machine type. Of any other, the name is the build and the file itself
names the machine type.

  --policy FILE        support policy (JSON or YAML): which builds must load the state of which, until when; only that counts then
  --fail-on LEVEL      error (default), warning, info, undecided or never: findings in a cell that counts, for exit status 1
  --direction WHICH    without a policy: forward (default, older to newer), backward or both count
  --format FORMAT      text (default), json or markdown; --json is --format json
  --order ORDER        of builds: natural (default, 7.2 before 10.0) or given (as the files are named)
  --name NAME=FILE     the build that FILE is of; may be repeated
  --across-machines    compares machine types with each other: a file's machine type stands in the place of its build
  --max-input BYTES    limit for a file after decompression; 64M when left out
  --today YYYY-MM-DD   the day by which windows of the policy expire; the present one when left out

Exit status: 0 what counts holds, 1 it does not, or the policy wants a build or machine type that no file is of, 2 usage or
policy, 3 a file cannot be read.

  vmstate matrix dumps/ --policy support.yaml

  support.yaml:
    schema: vmstate-support/1
    windows:
      - from: [5.2, 7.*]
        to: [10.0]
        machines: [pc-i440fx-2.*]
        until: 2027-06-30
        direction: forward
        reason: rolling upgrade of the fleet
`,
  run,
};

async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  const format = oneOf("format", values.format, ["text", "json", "markdown"]) ?? (values.json === true ? "json" : "text");
  const failOn = oneOf("fail-on", values["fail-on"], ["error", "warning", "info", "undecided", "never"]);
  const direction = oneOf("direction", values.direction, ["forward", "backward", "both"]);
  const order = oneOf("order", values.order, ["natural", "given"]);
  const maxInput = byteCount("max-input", values["max-input"]);
  const today = values.today ?? new Date().toISOString().slice(0, 10);
  if (!isDay(today)) throw new UsageError(`--today takes a day such as 2027-06-30, not '${today}'.`);
  if (values.policy !== undefined && direction !== undefined) {
    throw new UsageError("--direction has no meaning with --policy: each window of the policy has its own.");
  }
  const policy = values.policy === undefined ? undefined : await readSupportPolicy(readTextFile(values.policy, maxInput), values.policy);
  const inputs = readInputs(filesOf(positionals, values.name ?? [], values.policy, io), maxInput);
  const matrix = matrixOf(values["across-machines"] === true ? inputs.map(asMachine) : inputs, order);
  const gate = judgeMatrix(matrix, {
    today,
    ...(policy === undefined ? {} : { policy }),
    ...(failOn === undefined ? {} : { failOn }),
    ...(direction === undefined ? {} : { direction }),
  });
  if (format === "json") io.out(renderMatrixJson(matrix, gate, { today, ...(policy === undefined ? {} : { policy }) }));
  else if (format === "markdown") io.out(renderMatrixMarkdown(matrix, gate));
  else io.out(renderMatrix(matrix, gate, { columns: io.columns }));
  return gate.failed ? EXIT.findings : EXIT.ok;
}

function asMachine(input: MatrixInput): MatrixInput {
  return input.machine === undefined ? input : { ...input, build: input.machine, machine: undefined };
}

function matrixOf(inputs: ReturnType<typeof readInputs>, order: "natural" | "given" | undefined): ReturnType<typeof buildMatrix> {
  try {
    return buildMatrix(inputs, order === undefined ? {} : { order });
  } catch (error) {
    if (error instanceof SameBuildError) throw new UsageError(`${error.message} --name NAME=FILE tells them apart.`);
    throw error;
  }
}

/** The files to read, each once, with the builds that --name gives them; a file that only --name mentions is read as well. */
function filesOf(positionals: readonly string[], names: readonly string[], policy: string | undefined, io: Io): InputFile[] {
  const named = new Map<string, { path: string; build: string }>();
  for (const each of names) {
    const at = each.indexOf("=");
    if (at < 1 || at === each.length - 1) throw new UsageError(`--name takes NAME=FILE, not '${each}'.`);
    const path = each.slice(at + 1);
    const [build, before] = [each.slice(0, at), named.get(resolve(path))];
    if (before !== undefined && before.build !== build) throw new UsageError(`--name gives '${path}' two names.`);
    named.set(resolve(path), { path, build });
  }
  const paths = [...positionals.flatMap((path) => expand(path, io)), ...[...named.values()].map(({ path }) => path)];
  if (paths.length === 0 && positionals.length === 0) throw new UsageError("A directory or at least one file of metadata is wanted.");
  const files = new Map<string, InputFile>();
  for (const path of paths) {
    // The policy may lie among the dumps.
    if (policy !== undefined && resolve(path) === resolve(policy)) continue;
    const build = named.get(resolve(path))?.build;
    if (!files.has(resolve(path))) files.set(resolve(path), { path, ...(build === undefined ? {} : { build }) });
  }
  if (files.size === 0) throw new InputError("EMPTY", positionals.join(", "), "No *.json or *.json.gz file is here.");
  return [...files.values()];
}

function expand(path: string, io: Io): string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  const [found, ignored]: [string[], string[]] = [[], []];
  for (const { name } of entriesOf(path)) (/\.json(?:\.gz)?$/i.test(name) ? found : ignored).push(name);
  if (ignored.length > 0) io.err(`${path}: ignored ${ignored.sort().join(", ")}\n`);
  return found.sort().map((name) => join(path, name));
}

function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    throw new InputError("UNREADABLE", path, "The directory cannot be read.");
  }
}

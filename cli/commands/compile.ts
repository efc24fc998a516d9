import { join } from "node:path";
import { type Command, EXIT, type Io, UsageError } from "../command.ts";
import { type CompileProject, findProject, PROJECT_FILE } from "../compile/project.ts";
import { isUpToDate, remember } from "../compile/remembered.ts";
import { differencesFrom, writeDifferences } from "../compile/written-files.ts";
import { parseOptions } from "../options.ts";
import { showSchemaErrors } from "../schema-errors.ts";

const OPTIONS = {
  config: { type: "string" },
  out: { type: "string", short: "o" },
  runtime: { type: "string" },
  check: { type: "boolean" },
  watch: { type: "boolean" },
} as const;

export const command: Command = {
  summary: "descriptors to codecs, types, JSON Schemas and metadata",
  help: `usage: vmstate compile [OPTION…] [FILE|FOLDER…]

Compiles descriptors of device state and machine types. Without FILE or FOLDER it takes what ${PROJECT_FILE} in the working
folder says, or else the folder machines, and writes to machines/gen.

  -o, --out FOLDER      where the generated files go
  --runtime SPECIFIER   where generated code finds the runtime: a package path (vmstate/codec/v1 when left out), or a path
                        relative to FOLDER
  --config FILE         another file than ${PROJECT_FILE}; keys: descriptors, out, runtime
  --check               write nothing; exit status 1 when a generated file is stale, missing or left over
  --watch               compile again at every change

Exit status: 0 done, 1 a descriptor is refused or --check found something stale, 2 usage.
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, OPTIONS);
    if (values.check === true && values.watch === true) throw new UsageError("--check and --watch exclude each other.");
    const find = (): CompileProject => findProject({ ...values, paths: positionals });
    if (values.check === true) return check(find(), io);
    const status = await compile(find(), io);
    if (values.watch !== true) return status;
    const { watchProject } = await import("../compile/watch-project.ts");
    return watchProject(find, (project) => compile(project, io), io);
  },
};

async function compile(project: CompileProject, io: Io): Promise<number> {
  if (isUpToDate(project)) {
    io.err(`${project.out} is up to date.\n`);
    return EXIT.ok;
  }
  const generated = await generate(project, io);
  if (generated === undefined) return EXIT.findings;
  const { files, inputs, summary } = generated;
  const folder = join(project.root, project.out);
  const differences = differencesFrom(folder, files);
  writeDifferences(folder, files, differences);
  remember(project, inputs, files);
  const changed = differences.missing.length + differences.stale.length;
  io.err(
    `${summary}: ${changed} of ${files.size} files written${differences.left.length > 0 ? `, ${differences.left.length} removed` : ""}.\n`,
  );
  return EXIT.ok;
}

async function check(project: CompileProject, io: Io): Promise<number> {
  const generated = await generate(project, io);
  if (generated === undefined) return EXIT.findings;
  const { missing, stale, left } = differencesFrom(join(project.root, project.out), generated.files);
  const say = (what: string, paths: readonly string[]): void => {
    for (const path of paths) io.err(`${project.out}/${path} ${what}\n`);
  };
  say("is missing", missing);
  say("is stale", stale);
  say("is no longer generated", left);
  if (missing.length + stale.length + left.length === 0) return EXIT.ok;
  io.err("Run vmstate compile and commit what it writes.\n");
  return EXIT.findings;
}

interface Generated {
  readonly files: ReadonlyMap<string, string>;
  /** Every file that was read. */
  readonly inputs: readonly string[];
  readonly summary: string;
}

/** Undefined when descriptors were refused, which has been said by then. */
async function generate(project: CompileProject, io: Io): Promise<Generated | undefined> {
  const [{ readDescriptors }, { emitFiles }, { metadataFiles }] = await Promise.all([
    import("../../compiler/read/index.ts"),
    import("../../compiler/emit/files.ts"),
    import("../compile/metadata-files.ts"),
  ]);
  try {
    const { ir, files: inputs, warnings } = readDescriptors(project.root, project.descriptors);
    for (const { at, sentence } of warnings) io.err(`${at.file}:${at.line}:${at.column}: warning: ${sentence}\n`);
    const counts = [Object.keys(ir.vmsds).length, Object.keys(ir.machines).length] as const;
    const summary = `${counts[0]} vmsd${counts[0] === 1 ? "" : "s"}, ${counts[1]} machine type${counts[1] === 1 ? "" : "s"}`;
    return { files: emitFiles(ir, { runtime: project.runtime, beside: metadataFiles(ir) }), inputs, summary };
  } catch (error) {
    if (!showSchemaErrors(error, io)) throw error;
    return undefined;
  }
}

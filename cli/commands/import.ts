import { DEFAULT_MAX_INPUT, readMetadataFile } from "../../compiler/describe/index.ts";
import { type Command, EXIT, type Io, UsageError } from "../command.ts";
import { descriptorFiles, writeDescriptors } from "../import/folder.ts";
import { renderImport, renderImportJson } from "../import/render.ts";
import { byteCount, parseOptions, textOrJson } from "../options.ts";
import { showSchemaErrors } from "../schema-errors.ts";

const FOLDER = "machines/devices";

export const command: Command = {
  summary: "descriptors from the metadata of real builds and streams",
  help: `usage: vmstate import [-o FOLDER] [OPTION…] DUMP… STREAM…

Writes descriptors from what real builds say of themselves: -dump-vmstate files have QOM types, versions, guards and sizes; streams (machine
types from 2.3 on), or their descriptions alone, have kinds, counts and what was really sent. Each may be gzip. Of dumps that disagree the one with
more of the higher versions is the newest; of streams, and of equals, the last one given.

A file that is there is completed and never rewritten: what is missing is added, a version that is too low is raised, and what contradicts
the metadata is reported and left as it is. A comment '// not imported: NAME, NAME' in a vmsd keeps fields, subsections and types out of it.
What no metadata says stands beside a comment '// import: …' until someone removes it.

  -o, --out FOLDER      where descriptors are, and go; ${FOLDER} when left out
  --section NAME        only this section and what it holds, by vmsd name or QOM type; may be given several times
  --declared            complete what is declared already; no sections that are new
  --schema SPECIFIER    where a new file finds the language; left out: as the files beside it do, else vmstate/schema
  --check               write nothing; exit status 1 when something would be written
  --format FORMAT       text (default) or json; --json is --format json
  --max-input BYTES     refuse larger files (64M)

Exit status: 0 done, 1 contradictions, or --check found something to write, 2 usage, 3 an input cannot be read.

  vmstate import -o devices --section e1000 qemu-10.0.json e1000.mig
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, {
      out: { type: "string", short: "o" },
      section: { type: "string", multiple: true },
      declared: { type: "boolean" },
      schema: { type: "string" },
      check: { type: "boolean" },
      format: { type: "string" },
      json: { type: "boolean" },
      "max-input": { type: "string" },
    });
    if (positionals.length === 0) throw new UsageError("At least one dump or stream is wanted.");
    if (positionals.filter((path) => path === "-").length > 1) throw new UsageError("Standard input can be read only once.");
    const format = textOrJson(values);
    const maxInput = byteCount("max-input", values["max-input"]) ?? DEFAULT_MAX_INPUT;
    const folder = values.out ?? FOLDER;
    const inputs = positionals.map((path) => readMetadataFile(path, { maxInput }));
    const files = descriptorFiles(folder);
    const { importDescriptors } = await import("../../compiler/import/index.ts");
    try {
      const { section: sections, schema, declared: isDeclared } = values;
      const imported = importDescriptors({ inputs, root: process.cwd(), folder, files, sections, schema, isDeclared });
      if (imported.unknown.length > 0)
        throw new UsageError(`No input has a section ${imported.unknown.map((name) => `'${name}'`).join(" or ")}.`);
      const isCheck = values.check === true;
      if (!isCheck) writeDescriptors(imported.files);
      io.out((format === "json" ? renderImportJson : renderImport)(imported, isCheck));
      const isSound = isCheck || imported.files.length === 0 || (await compiles(folder, io));
      return !isSound || imported.findings.length > 0 || (isCheck && imported.files.length > 0) ? EXIT.findings : EXIT.ok;
    } catch (error) {
      if (!showSchemaErrors(error, io)) throw error;
      return EXIT.findings;
    }
  },
};

/** Metadata can say what no descriptor may, such as a subsection whose name a loader would not find; then it is said what is refused. */
async function compiles(folder: string, io: Io): Promise<boolean> {
  const { readDescriptors, SchemaErrors } = await import("../../compiler/read/index.ts");
  try {
    readDescriptors(process.cwd(), descriptorFiles(folder));
    return true;
  } catch (error) {
    if (!(error instanceof SchemaErrors)) throw error;
    for (const { message } of error.errors) io.err(`${message}\n`);
    io.err("What is written does not compile before this is mended.\n");
    return false;
  }
}

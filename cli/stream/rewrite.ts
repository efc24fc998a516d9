import { Out } from "../../runtime/stream/out.ts";
import { type Edits, RewriteError, type SectionName, type SetField } from "../../runtime/stream/rewrite/edits.ts";
import { FinalRam } from "../../runtime/stream/rewrite/final-ram.ts";
import { PlainRam } from "../../runtime/stream/rewrite/plain-ram.ts";
import { type RamWriter, SameRam } from "../../runtime/stream/rewrite/ram-writer.ts";
import { Rewriter } from "../../runtime/stream/rewrite/rewriter.ts";
import { type Command, EXIT, type Io, UsageError } from "../command.ts";
import { oneOf, parseOptions } from "../options.ts";
import { onePath } from "./one-path.ts";
import { endOf, problemLine } from "./problems.ts";
import { readInput } from "./read-input.ts";
import { READING, type Reading, readingOptions } from "./reading-options.ts";
import { sparseOutput } from "./sparse-output.ts";
import { temporaryRam } from "./temporary-ram.ts";
import { writeOutputSoon } from "./write-output.ts";

export const command: Command = {
  summary: "a stream again, with some edits",
  help: `usage: vmstate stream rewrite [OPTION…] -o OUT STREAM

Reads a stream and writes it again, every item from what was read of it; without an edit that gives the same file. The description at the
end follows the edits, and so does everything else that refers to what was edited.

  -o, --out OUT                   the stream; - for standard output
  --set SECTION/FIELD=VALUE       sets a field, named as diff and decode --field name it, to a value as decode prints it
  --drop-section NAME[:INSTANCE]  leaves a section out; all of its instances unless one is said
  --drop-subsection NAME          leaves a subsection out, wherever it is
  --rename-machine NAME           the machine type that the configuration section names
  --drop-description              leaves the description at the end out
  --add-description               describes the sections at the end by their sizes, where there is no description
  --ram plain                     whole pages for compressed and xbzrle ones
  --ram final                     each page once, as it is at the end, zeros as zero pages
  --machine NAME                  goes by the descriptors of a machine type, of the project in the working folder
  --offset BYTES                  where the stream begins in its file; what is before it is left out
  --as CONNECTION                 return-path, preempt or recovery: it is what went over that connection

A count that is set does not change how many elements follow it. --ram needs room for the guest's memory among the temporary files.
Exit status: 0 done, 1 the stream does not allow an edit, 3 it ends, or cannot be read further; then nothing is written.

  vmstate stream rewrite -o other.mig --set cpu/env.eip=0xfff0 vm.mig
  vmstate stream rewrite -o small.mig --ram final --drop-subsection e1000/full_mac_state vm.mig
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, {
      out: { type: "string", short: "o" },
      set: { type: "string", multiple: true },
      "drop-section": { type: "string", multiple: true },
      "drop-subsection": { type: "string", multiple: true },
      "rename-machine": { type: "string" },
      "drop-description": { type: "boolean" },
      "add-description": { type: "boolean" },
      ram: { type: "string" },
      ...READING,
    });
    const path = onePath(positionals, "STREAM");
    if (values.out === undefined) throw new UsageError("-o OUT is missing.");
    if (values["drop-description"] === true && values["add-description"] === true)
      throw new UsageError("--drop-description and --add-description exclude each other.");
    const machine = values["rename-machine"];
    if (machine !== undefined && !/^[\x20-\x7e]{1,255}$/.test(machine))
      throw new UsageError("--rename-machine takes a name of 1 to 255 printable characters.");
    const edits: Edits = {
      machine,
      set: (values.set ?? []).map(setField),
      dropSections: (values["drop-section"] ?? []).map(sectionName),
      dropSubsections: values["drop-subsection"] ?? [],
      description: values["drop-description"] === true ? "drop" : values["add-description"] === true ? "add" : undefined,
      ram: oneOf("ram", values.ram, ["plain", "final"]),
    };
    const reading = await readingOptions(values);
    try {
      return await rewrite(path, values.out, edits, reading, io);
    } catch (error) {
      if (!(error instanceof RewriteError)) throw error;
      io.err(`${path === "-" ? "<stdin>" : path}: ${error.message}\n`);
      return EXIT.findings;
    }
  },
};

function setField(text: string): SetField {
  const match = /^([^=]+\/[^=]+)=(.*)$/s.exec(text);
  if (match === null) throw new UsageError(`--set takes SECTION/FIELD=VALUE, not '${text}'.`);
  return { target: match[1] as string, value: match[2] as string };
}

/** Section names have colons of their own, as in 0000:00:02.0/e1000, but none behind their last slash. */
function sectionName(text: string): SectionName {
  const match = /^(.*[^:]):(\d{1,10})$/s.exec(text);
  return match === null || text.lastIndexOf("/") > text.lastIndexOf(":")
    ? { name: text }
    : { name: match[1] as string, instance: Number(match[2]) };
}

async function rewrite(path: string, outPath: string, edits: Edits, reading: Reading, io: Io): Promise<number> {
  const { writer, close } = ramWriter(edits, (line) => io.err(line), path);
  let problems: Rewriter["problems"] = [];
  try {
    await writeOutputSoon(outPath, async (fd) => {
      const output = sparseOutput(fd);
      const out = new Out(output.write);
      const rewriter = new Rewriter(out, edits, writer);
      problems = rewriter.problems;
      await readInput(path, rewriter, { ...reading, payloads: true }, io);
      if (endOf(problems) !== undefined) return false;
      rewriter.end();
      out.flush();
      output.end();
      return true;
    });
  } finally {
    close();
  }
  for (const problem of problems) io.err(problemLine(path, problem));
  return endOf(problems) === undefined ? EXIT.ok : EXIT.input;
}

function ramWriter({ ram }: Edits, err: (line: string) => void, path: string): { readonly writer: RamWriter; readonly close: () => void } {
  if (ram === undefined) return { writer: new SameRam(), close: () => {} };
  const { store, remove } = temporaryRam((problem) => err(problemLine(path, problem)));
  return { writer: ram === "plain" ? new PlainRam(store) : new FinalRam(store), close: remove };
}

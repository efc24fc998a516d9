import { closeSync } from "node:fs";
import { DocumentWriter } from "../../runtime/stream/json/document-writer.ts";
import { Out } from "../../runtime/stream/out.ts";
import type { Sink } from "../../runtime/stream/read/context.ts";
import { type Command, EXIT, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { buffered } from "./buffered.ts";
import { onePath } from "./one-path.ts";
import { endOf, problemLine } from "./problems.ts";
import { readInput } from "./read-input.ts";
import { READING, READING_HELP, readingOptions } from "./reading-options.ts";
import { Selection } from "./selection.ts";
import { explained, openOutput, writeAll } from "./write-output.ts";

export const command: Command = {
  summary: "a stream as JSON, nothing lost",
  help: `usage: vmstate stream decode [OPTION…] STREAM

Prints a stream as JSON: a list of items in the order of the wire, each with its offset, every byte in one of them. vmstate stream encode
makes the same stream of it. Sections are decoded by the stream's own description; where it has none, a section is its bytes.

  --ram FILE        puts what pages hold into a file beside the document
  --no-ram          passes over the pages; the document then makes no stream
  --section NAME    only the device sections of that name, or of that name behind their device's path
  --field PATH      only the fields below that path: regs, parent_obj.config, tx.size; prints them without the rest
${READING_HELP}
What is wrong with the stream is said on standard error. Exit status: 0 done, 3 the stream ends, or cannot be read further.

  vmstate stream decode vm.mig > vm.json
  vmstate stream decode --section e1000 --field mac_reg[ICR] vm.mig
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, {
      ...READING,
      ram: { type: "string" },
      "no-ram": { type: "boolean" },
      section: { type: "string", multiple: true },
      field: { type: "string", multiple: true },
    });
    const path = onePath(positionals, "STREAM");
    const reading = await readingOptions(values);
    const out = buffered(io.out);
    if (values.section !== undefined || values.field !== undefined) {
      const selection = new Selection(values.section, values.field);
      await readInput(path, selection, { ...reading, payloads: false }, io);
      io.out(`${JSON.stringify(selection.found, null, 2)}\n`);
      for (const problem of selection.problems) io.err(problemLine(path, problem));
      return selection.found.length === 0 ? EXIT.findings : endOf(selection.problems) === undefined ? EXIT.ok : EXIT.input;
    }
    const isWhole = values["no-ram"] !== true;
    if (!isWhole && values.ram !== undefined) throw new UsageError("--ram and --no-ram exclude each other.");
    const ram = values.ram === undefined ? undefined : openOutput(values.ram);
    const payloads = ram === undefined ? undefined : new Out((bytes) => writeAll(ram, bytes));
    const writer = new DocumentWriter(out.add, payloads);
    try {
      await readInput(path, isWhole ? writer : withoutPages(writer), { ...reading, payloads: isWhole }, io);
      const machine = reading.codec.machine();
      writer.end({
        ...(machine === undefined ? {} : { machine }),
        problems: writer.problems.map(({ code, at, path, message }) => ({ code, at, path, message })),
      });
      payloads?.flush();
    } catch (error) {
      throw explained(error);
    } finally {
      if (ram !== undefined) closeSync(ram);
    }
    out.flush();
    for (const problem of writer.problems) io.err(problemLine(path, problem));
    return endOf(writer.problems) === undefined ? EXIT.ok : EXIT.input;
  },
};

function withoutPages(writer: DocumentWriter): Sink {
  const { item, section, problem } = writer;
  return { item, section, problem, page: () => {}, pages: () => {} };
}

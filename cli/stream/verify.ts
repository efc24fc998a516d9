import { UnpackedPages } from "../../runtime/stream/unpacked-pages.ts";
import type { Finding } from "../../runtime/stream/verify/findings.ts";
import { Verifier } from "../../runtime/stream/verify/verifier.ts";
import { type Command, EXIT } from "../command.ts";
import { parseOptions, textOrJson } from "../options.ts";
import { onePath } from "./one-path.ts";
import { problemLine } from "./problems.ts";
import { readInput } from "./read-input.ts";
import { READING, READING_HELP, readingOptions } from "./reading-options.ts";

/** The id of what --format json prints; within /1 keys are added, never renamed. */
const VERIFY_SCHEMA = "vmstate-stream-verify/1";

export const command: Command = {
  summary: "what is wrong with a stream, and where",
  help: `usage: vmstate stream verify [OPTION…] STREAM

Reads a stream to its end, every page and every field of it, and prints what is wrong: each with its offset, section and field, and all of
them as far as they can be told apart. Sections are held against the stream's own description. A note is what every receiver takes, though
hardly a sender writes it, or what cannot be looked into here: pages that zstd packed.

  --format FORMAT   text or json
${READING_HELP}
Exit status: 0 nothing wrong, or notes alone, 1 something wrong, 3 this is no stream, or cannot be opened.

  vmstate stream verify vm.mig
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, {
      ...READING,
      format: { type: "string" },
      json: { type: "boolean" },
    });
    const path = onePath(positionals, "STREAM");
    const format = textOrJson(values);
    const verifier = new Verifier();
    const reading = await readingOptions(values);
    await readInput(path, new UnpackedPages(verifier), { ...reading, payloads: true }, io);
    verifier.end();
    const { list, more, count } = verifier.findings;
    if (format === "json")
      io.out(`${JSON.stringify({ schema: VERIFY_SCHEMA, machine: reading.codec.machine() ?? null, count, problems: list }, null, 2)}\n`);
    else {
      for (const finding of list) io.out(line(path, finding));
      if (more > 0) io.out(`and ${more} more\n`);
      io.out(`${plural(count.error, "problem")}, ${plural(count.note, "note")}\n`);
    }
    return count.error === 0 ? EXIT.ok : EXIT.findings;
  },
};

function line(path: string, finding: Finding): string {
  return finding.level === "note" ? `note: ${problemLine(path, finding)}` : problemLine(path, finding);
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

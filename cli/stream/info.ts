import { Summary } from "../../runtime/stream/summary.ts";
import { type Command, EXIT } from "../command.ts";
import { parseOptions, textOrJson } from "../options.ts";
import { digestsOf } from "./digests-of.ts";
import { onePath } from "./one-path.ts";
import { endOf, problemLine } from "./problems.ts";
import { readInput } from "./read-input.ts";
import { READING, READING_HELP, readingOptions } from "./reading-options.ts";
import { renderSummary, summaryJson } from "./render-summary.ts";

export const command: Command = {
  summary: "what a stream holds, and what is big",
  help: `usage: vmstate stream info [OPTION…] STREAM

Prints the machine type, where the bytes go, the RAM blocks with their pages, and the sections, biggest first. Pages are passed over.

  --all             every section; otherwise the ten biggest
  --digest          reads the pages as well, and prints a digest of what each RAM block holds in the end
  --format FORMAT   text or json
${READING_HELP}
Exit status: 0 done, 3 the stream ends, or cannot be read further; what was read before is printed.

  vmstate stream info vm.mig
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, {
      ...READING,
      all: { type: "boolean" },
      digest: { type: "boolean" },
      format: { type: "string" },
      json: { type: "boolean" },
    });
    const path = onePath(positionals, "STREAM");
    const format = textOrJson(values);
    const digests = values.digest === true ? await digestsOf(path) : undefined;
    const summary = new Summary(digests);
    const reading = await readingOptions(values);
    const pages = digests === undefined ? { payloads: false } : { payloads: true, memory: digests.memory };
    await readInput(path, summary, { ...reading, ...pages }, io);
    summary.end();
    const found = reading.codec.machine();
    io.out(
      format === "json"
        ? `${JSON.stringify(summaryJson(summary, reading.as, found), null, 2)}\n`
        : renderSummary(summary, values.all === true, reading.as, found),
    );
    for (const problem of summary.problems) io.err(problemLine(path, problem));
    return endOf(summary.problems) === undefined ? EXIT.ok : EXIT.input;
  },
};

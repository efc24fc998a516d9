import { diffStreams } from "../../runtime/stream/diff/diff-streams.ts";
import type { Difference, Side } from "../../runtime/stream/diff/difference.ts";
import type { Problem } from "../../runtime/stream/errors.ts";
import { isNamed } from "../../runtime/stream/section-name.ts";
import { type Command, EXIT, UsageError } from "../command.ts";
import { parseOptions, textOrJson } from "../options.ts";
import { JsonReport, type SideProblem, TextReport } from "./diff-report.ts";
import { endOf, problemLine } from "./problems.ts";
import { readContents } from "./read-contents.ts";
import { READING, READING_HELP, readingOptions } from "./reading-options.ts";

export const command: Command = {
  summary: "what differs between two streams, field by field",
  help: `usage: vmstate stream diff [OPTION…] A B

Compares what two streams hold: the machine type and what else stands around the sections, the devices field by field, by name where both
have it and else by where it lies, and RAM page by page as it is at the end. How often a page was sent and in which form, section ids and
the text of descriptions are no difference. A page that was never sent, or over another connection, counts as zeros.

  --no-ram          leaves RAM out
  --section NAME    only the device sections of that name, or of that name behind their device's path
  --all             every run of pages that differ; otherwise the first ten of a block
  --format FORMAT   text or json
${READING_HELP}
Exit status: 0 the same, 1 different, 3 one of them ends, or cannot be read further.

  vmstate stream diff before.mig after.mig
  vmstate stream diff --section e1000 --format json before.mig after.mig
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, {
      ...READING,
      all: { type: "boolean" },
      format: { type: "string" },
      json: { type: "boolean" },
      "no-ram": { type: "boolean" },
      section: { type: "string", multiple: true },
    });
    const [pathA, pathB, more] = positionals;
    if (pathA === undefined || pathB === undefined) throw new UsageError("Two streams are compared: A and B.");
    if (more !== undefined) throw new UsageError(`Two streams are compared, not '${more}' as well.`);
    if (pathA === "-" && pathB === "-") throw new UsageError("Standard input can be only one of the two streams.");
    const isJson = textOrJson(values) === "json";
    const { section: sections } = values;
    const isRamWanted = values["no-ram"] !== true && sections === undefined;
    const reading = await readingOptions(values);
    const a = await readContents(pathA, isRamWanted, reading, io);
    const b = await readContents(pathB, isRamWanted, reading, io);
    for (const name of sections ?? [])
      if (![a, b].some((each) => each.names.some((known) => isNamed(known, name))))
        throw new UsageError(`Neither stream has a section '${name}'.`);
    const problems: SideProblem[] = [];
    const refuses = (side: Side, { code, at, path, message }: Problem): void => {
      problems.push({ side, code, at, path, message });
    };
    for (const problem of a.problems) refuses("a", problem);
    for (const problem of b.problems) refuses("b", problem);
    const report = isJson ? new JsonReport(io.out, { a: pathA, b: pathB }) : new TextReport(io.out, values.all === true);
    const isWanted = (difference: Difference): boolean =>
      sections === undefined || ("section" in difference && sections.some((name) => isNamed(difference.section, name)));
    diffStreams(a, b, (difference) => isWanted(difference) && report.add(difference), refuses);
    report.end(problems);
    for (const problem of problems) io.err(problemLine(problem.side === "a" ? pathA : pathB, problem));
    if (endOf(problems) !== undefined) return EXIT.input;
    return report.found === 0 ? EXIT.ok : EXIT.findings;
  },
};

import { Contents } from "../../runtime/stream/diff/contents.ts";
import { diffStreams } from "../../runtime/stream/diff/diff-streams.ts";
import type { Difference, Side } from "../../runtime/stream/diff/difference.ts";
import type { Problem } from "../../runtime/stream/errors.ts";
import { type Command, EXIT, type Io, UsageError } from "../command.ts";
import { oneOf, parseOptions } from "../options.ts";
import { endOf, problemLine } from "./problems.ts";
import { readInput } from "./read-input.ts";
import { count, DIFF_SCHEMA, differenceLine } from "./render-diff.ts";
import { isNamed } from "./selection.ts";

export const command: Command = {
  summary: "what differs between two streams, field by field",
  help: `usage: vmstate stream diff [OPTION…] A B

Compares what two streams hold: the machine type and what else stands around the sections, the devices field by field, by name where both
have it and else by where it lies, and RAM page by page as it is at the end. How often a page was sent and in which form, section ids and
the text of descriptions are no difference. A page that was never sent, or over another connection, counts as zeros.

  --no-ram          leaves RAM out
  --section NAME    only the device sections of that name, or of that name behind their device's path
  --format FORMAT   text or json

Exit status: 0 the same, 1 different, 3 one of them ends, or cannot be read further.

  vmstate stream diff before.mig after.mig
  vmstate stream diff --section e1000 --format json before.mig after.mig
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, {
      format: { type: "string" },
      json: { type: "boolean" },
      "no-ram": { type: "boolean" },
      section: { type: "string", multiple: true },
    });
    const [pathA, pathB, more] = positionals;
    if (pathA === undefined || pathB === undefined) throw new UsageError("Two streams are compared: A and B.");
    if (more !== undefined) throw new UsageError(`Two streams are compared, not '${more}' as well.`);
    if (pathA === "-" && pathB === "-") throw new UsageError("Standard input can be only one of the two streams.");
    const isJson = values.json === true || oneOf("format", values.format, ["text", "json"]) === "json";
    const paths = { a: pathA, b: pathB };
    const [a, b] = [new Contents(), new Contents()];
    for (const [path, contents] of [
      [pathA, a],
      [pathB, b],
    ] as const)
      await readInput(path, contents, { payloads: false }, io);
    const problems: (Problem & { readonly side: Side })[] = [];
    const refuses = (side: Side, problem: Problem): void => {
      const { code, at, path, message } = problem;
      problems.push({ side, code, at, path, message });
    };
    for (const problem of a.problems) refuses("a", problem);
    for (const problem of b.problems) refuses("b", problem);
    const report = reporter(io, isJson, paths);
    const { section: sections } = values;
    diffStreams(
      a,
      b,
      (difference) => {
        if (sections === undefined || ("section" in difference && sections.some((name) => isNamed(difference.section, name))))
          report.add(difference);
      },
      refuses,
    );
    report.end(problems);
    for (const problem of problems) io.err(problemLine(paths[problem.side], problem));
    if (endOf(problems) !== undefined) return EXIT.input;
    return report.differences() === 0 ? EXIT.ok : EXIT.findings;
  },
};

interface Reporter {
  readonly add: (difference: Difference) => void;
  readonly end: (problems: readonly Problem[]) => void;
  readonly differences: () => number;
}

/** Prints each difference as it is found. */
function reporter(io: Io, isJson: boolean, { a, b }: Readonly<Record<Side, string>>): Reporter {
  let found = 0;
  if (isJson) io.out(`{"schema": ${JSON.stringify(DIFF_SCHEMA)}, "a": ${JSON.stringify(a)}, "b": ${JSON.stringify(b)}, "differences": [`);
  return {
    add: (difference) => {
      io.out(isJson ? `${found === 0 ? "" : ","}\n${JSON.stringify(difference)}` : differenceLine(difference));
      found++;
    },
    end: (problems) => {
      if (isJson) io.out(`\n], "same": ${found === 0}, "problems": ${JSON.stringify(problems)}}\n`);
      else io.out(found === 0 ? "no difference\n" : `${count(found, "difference")}\n`);
    },
    differences: () => found,
  };
}

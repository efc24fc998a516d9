import { renderLint } from "../../compiler/check/lint/render-lint.ts";
import { lint } from "../../compiler/check/lint/run-lint.ts";
import { readMetadataFile } from "../../compiler/describe/index.ts";
import { type Command, EXIT, UsageError } from "../command.ts";
import { byteCount, oneOf, parseOptions, textOrJson } from "../options.ts";

const LEVELS = ["info", "warning", "error"] as const;

export const command: Command = {
  summary: "what one metadata file alone shows to be wrong",
  help: `usage: vmstate lint FILE [OPTION…]

Reports what is wrong in one build's metadata without another to compare with: guards that can never be true, subsections that
the loader will not recognise, versions that contradict each other.

  --format FORMAT    text (default) or json; --json is --format json
  --fail-on LEVEL    error (default), warning, info or never
  --max-input BYTES  refuse larger files (64M)

  vmstate lint qemu-10.0.json
`,
  run: (args, io) => {
    const { values, positionals } = parseOptions(args, {
      format: { type: "string" },
      json: { type: "boolean" },
      "fail-on": { type: "string" },
      "max-input": { type: "string" },
    });
    const [path, ...rest] = positionals;
    if (path === undefined || rest.length > 0) throw new UsageError("One file is wanted.");
    const format = textOrJson(values);
    const failOn = oneOf("fail-on", values["fail-on"], [...LEVELS, "never"] as const) ?? "error";
    const maxInput = byteCount("max-input", values["max-input"]);
    const report = lint(readMetadataFile(path, maxInput === undefined ? {} : { maxInput }));
    io.out(
      format === "json"
        ? `${JSON.stringify(report, undefined, 2)}\n`
        : renderLint(report, { colour: io.isTerminal && (io.env.NO_COLOR ?? "") === "", columns: Math.max(40, io.columns) }),
    );
    const fails = failOn !== "never" && report.findings.some(({ level }) => LEVELS.indexOf(level) >= LEVELS.indexOf(failOn));
    return fails ? EXIT.findings : EXIT.ok;
  },
};

import { catalogue } from "../../compiler/check/explain/catalogue.ts";
import { type Command, EXIT, UsageError } from "../command.ts";
import { parseOptions, textOrJson } from "../options.ts";

export const command: Command = {
  summary: "the catalogue of rules",
  help: `usage: vmstate rules [--format text|json]

Lists every rule of check and lint with its level and a summary. 'vmstate explain RULE' tells more.
`,
  run: (args, io) => {
    const { values, positionals } = parseOptions(args, { format: { type: "string" }, json: { type: "boolean" } });
    if (positionals.length > 0) throw new UsageError("No further words are wanted; 'vmstate explain RULE' explains one rule.");
    const rules = catalogue();
    if (textOrJson(values) === "json") {
      io.out(`${JSON.stringify({ schema: "vmstate-rules/1", rules }, undefined, 2)}\n`);
      return EXIT.ok;
    }
    const width = Math.max(...rules.map(({ id }) => id.length));
    for (const kind of ["check", "lint"] as const) {
      io.out(`${kind === "check" ? "vmstate-check OLD NEW" : "\nvmstate lint FILE"}\n`);
      for (const rule of rules.filter((each) => each.kind === kind))
        io.out(`  ${rule.id.padEnd(width)}  ${rule.level.padEnd(7)}  ${rule.summary}\n`);
    }
    return EXIT.ok;
  },
};

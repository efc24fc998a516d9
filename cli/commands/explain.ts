import { explainRule, suggestRules } from "../../compiler/check/explain/explain-rule.ts";
import { type Command, EXIT, UsageError } from "../command.ts";
import { byteCount, oneOf, parseOptions } from "../options.ts";

const DIRECTIONS = ["forward", "backward"] as const;

export const command: Command = {
  summary: "one rule with its example, or the suspects for a failed load's log",
  help: `usage: vmstate explain RULE
       vmstate explain --log LOG OLD NEW [--direction forward|backward]

The first form explains one rule and shows the pair of layouts that makes it speak. The second reads what the destination printed when
a migration failed, says what each message means, and names the findings between the two builds that can have caused it. OLD is
the saving side unless --direction is backward.

  --log LOG          the destination's log; - is standard input
  --max-input BYTES  refuse larger files (64M)

  vmstate explain field-added-unguarded
  vmstate explain --log destination.log qemu-7.2.json qemu-10.0.json
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, {
      log: { type: "string" },
      direction: { type: "string" },
      "max-input": { type: "string" },
    });
    const columns = Math.max(40, io.columns);
    const colour = io.isTerminal && (io.env.NO_COLOR ?? "") === "";
    if (values.log === undefined) {
      const [id, ...rest] = positionals;
      if (id === undefined || rest.length > 0) throw new UsageError("The id of one rule is wanted; 'vmstate rules' lists them.");
      const page = explainRule(id, { colour, columns });
      if (page === undefined) {
        throw new UsageError(`There is no rule '${id}'; ${hint(suggestRules(id))}.`);
      }
      io.out(page);
      return EXIT.ok;
    }
    const [oldPath, newPath, ...rest] = positionals;
    if (oldPath === undefined || newPath === undefined || rest.length > 0)
      throw new UsageError("Two files are wanted beside the log: the old build's metadata and the new build's.");
    const direction = oneOf("direction", values.direction, DIRECTIONS) ?? "forward";
    const maxInput = byteCount("max-input", values["max-input"]);
    const { readMetadataFile, readTextFile } = await import("../../compiler/describe/index.ts");
    const { compare } = await import("../../compiler/check/compare.ts");
    const { explainLog } = await import("../../compiler/check/explain/explain-log.ts");
    const { renderLogExplanation } = await import("../../compiler/check/explain/render-log.ts");
    const limit = maxInput === undefined ? {} : { maxInput };
    const log = readTextFile(values.log, maxInput);
    const [old, new_] = [readMetadataFile(oldPath, limit), readMetadataFile(newPath, limit)];
    io.out(renderLogExplanation(explainLog(log, old, new_, compare(old, new_), direction), { colour, columns }));
    return EXIT.ok;
  },
};

function hint(near: readonly string[]): string {
  return near.length === 0 ? "'vmstate rules' lists them" : `near it: ${near.join(", ")}`;
}

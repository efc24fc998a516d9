import { SCHEMAS } from "../../compiler/check/schemas/index.ts";
import { type Command, EXIT, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";

const names = Object.keys(SCHEMAS);

export const command: Command = {
  summary: "print a published JSON Schema",
  help: `usage: vmstate schema NAME

Prints a JSON Schema (draft 7). NAME is one of: ${names.join(", ")}.

  vmstate schema report > vmstate-check-1.schema.json
`,
  run: (args, io) => {
    const [name, ...rest] = parseOptions(args, {}).positionals;
    if (name === undefined || rest.length > 0) throw new UsageError(`One name is wanted: ${names.join(", ")}.`);
    const schema = SCHEMAS[name as keyof typeof SCHEMAS];
    if (schema === undefined) throw new UsageError(`There is no schema '${name}'; the names are ${names.join(", ")}.`);
    io.out(`${JSON.stringify(schema, undefined, 2)}\n`);
    return EXIT.ok;
  },
};

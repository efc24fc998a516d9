import type { ParseArgsConfig } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;

export interface PlainOptions {
  readonly values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  readonly positionals: string[];
}

/**
 * What parseArgs gives for a command line of paths and of long options with their values behind them, as nearly all are: to load that
 * parser takes longer than to align two dumps. Undefined for any other, also for all that is wrong.
 */
export function parsePlainOptions(args: readonly string[], options: Options): PlainOptions | undefined {
  const values: PlainOptions["values"] = Object.create(null);
  const positionals: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string;
    if (!word.startsWith("-") || word === "-") {
      positionals.push(word);
      continue;
    }
    const name = word.slice(2);
    const option = word.startsWith("--") && Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined || option.default !== undefined) return undefined;
    const value = option.type === "boolean" ? true : args[++at];
    if (value === undefined || (typeof value === "string" && value.startsWith("-"))) return undefined;
    const earlier = values[name];
    values[name] = option.multiple !== true ? value : Array.isArray(earlier) ? [...earlier, value] : [value];
  }
  return { values, positionals };
}

import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./command.ts";
import { parsePlainOptions } from "./plain-options.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>>;

/** As node:util's parser, with its complaints as sentences of ours. Throws UsageError. */
export function parseOptions<T extends Options>(args: readonly string[], options: T): Parsed<T> {
  const plain = parsePlainOptions(args, options);
  if (plain !== undefined) return plain as unknown as Parsed<T>;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !code.startsWith("ERR_PARSE_ARGS")) throw error;
    throw new UsageError(`${(message.split(". ")[0] ?? message).replace(/\.$/, "")}.`);
  }
}

/** One of a fixed set of words, or undefined when the option was not given. Throws UsageError with the whole set. */
export function oneOf<T extends string>(option: string, value: string | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    throw new UsageError(`--${option} takes ${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}, not '${value}'.`);
  return found;
}

/** What `--format text|json` and `--json` say of a report, the former before the latter. Throws UsageError. */
export function textOrJson(values: { readonly format?: string | undefined; readonly json?: boolean | undefined }): "text" | "json" {
  return oneOf("format", values.format, ["text", "json"]) ?? (values.json === true ? "json" : "text");
}

/** A number of bytes: plain, or with K, M or G (1024-based, as is KiB). Throws UsageError. */
export function byteCount(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const match = /^(\d{1,12})(?:([KMG])(?:iB)?)?$/i.exec(value);
  if (match === null) throw new UsageError(`--${option} takes a number of bytes such as 67108864 or 64M, not '${value}'.`);
  const unit = { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[(match[2] ?? "").toUpperCase()] ?? 1;
  return Number(match[1]) * unit;
}

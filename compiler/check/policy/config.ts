import { dirname, isAbsolute, join } from "node:path";
import { InputError } from "../../describe/index.ts";
import { validateConfig } from "../gen/validators.js";
import type { Level } from "../rule.ts";
import schema from "../schemas/config.schema.json" with { type: "json" };
import { asConfigError, ConfigError } from "./config-error.ts";
import { type Document, jsonDocument } from "./document.ts";
import type { CountedDirection, FailOn } from "./fail-on.ts";
import { faultOf } from "./fault.ts";
import type { RuleOverride, Suppression } from "./policy.ts";

/** What a configuration file says; what it leaves out is absent. Paths are taken from the file's own folder. */
export interface Config {
  readonly profile?: string;
  readonly rules: readonly RuleOverride[];
  readonly direction?: CountedDirection;
  readonly failOn?: readonly FailOn[];
  readonly suppress: readonly Suppression[];
  readonly strictSuppressions?: boolean;
  readonly baseline?: string;
  readonly vm?: string;
  readonly renames: readonly string[];
  readonly maxInput?: number;
}

interface ConfigFile extends Partial<Omit<Config, "rules" | "failOn">> {
  readonly $schema?: string;
  readonly rules?: Readonly<Record<string, Level | Omit<RuleOverride, "rule">>>;
  readonly failOn?: FailOn | readonly FailOn[];
}

/** Reads a configuration, YAML when the name ends so. Throws ConfigError for whatever is wrong with it. */
export async function readConfig(text: string, path: string): Promise<Config> {
  const document = await documentOf(text, path);
  if (!validateConfig(document.value)) {
    const { message, position } = faultOf(document, schema, validateConfig.errors);
    throw new ConfigError(path, message, position);
  }
  const { $schema: _, ...file } = document.value as ConfigFile;
  const { rules = {}, suppress = [], failOn, baseline, vm, renames = [], ...rest } = file;
  Object.entries(rules).forEach(([rule, setting]) => {
    if (typeof setting !== "string") checkDate(document, `/rules/${rule}/expires`, setting.expires);
  });
  suppress.forEach(({ expires }, index) => {
    checkDate(document, `/suppress/${index}/expires`, expires);
  });
  const fromHere = (name: string): string => (isAbsolute(name) ? name : join(dirname(path), name));
  return {
    ...rest,
    rules: Object.entries(rules).map(([rule, setting]) => ({ rule, ...(typeof setting === "string" ? { level: setting } : setting) })),
    suppress,
    renames: renames.map(fromHere),
    ...(failOn === undefined ? {} : { failOn: [failOn].flat() }),
    ...(baseline === undefined ? {} : { baseline: fromHere(baseline) }),
    ...(vm === undefined ? {} : { vm: fromHere(vm) }),
  };
}

async function documentOf(text: string, path: string): Promise<Document> {
  if (/\.ya?ml$/i.test(path)) return (await import("./yaml-document.ts")).yamlDocument(text, path);
  try {
    return jsonDocument(text, path);
  } catch (error) {
    throw error instanceof InputError ? asConfigError(error) : error;
  }
}

/** An expiry that no calendar has would never come, or come too early. */
function checkDate(document: Document, pointer: string, date: string | undefined): void {
  if (date === undefined) return;
  const time = new Date(`${date}T00:00:00Z`);
  if (!Number.isNaN(time.getTime()) && time.toISOString().startsWith(date)) return;
  throw new ConfigError(document.path, `'${date}' is no date of the calendar.`, document.valueAt(pointer));
}

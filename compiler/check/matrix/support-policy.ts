import { InputError } from "../../describe/index.ts";
import { asConfigError, ConfigError } from "../policy/config-error.ts";
import { type Document, jsonDocument } from "../policy/document.ts";
import { faultOf } from "../policy/fault.ts";
import schema from "../schemas/support-policy.schema.json" with { type: "json" };
import { validateSupportPolicy } from "./gen/validators.js";

/** What an organisation promises: which builds must load the state of which. */
export interface SupportPolicy {
  readonly path: string;
  readonly windows: readonly SupportWindow[];
}

export interface SupportWindow {
  /** Patterns of build names and of machine types; see matchesGlob. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly machines: readonly string[];
  /** Last day on which it counts, as YYYY-MM-DD; for ever when absent. */
  readonly until?: string;
  readonly direction: "forward" | "both";
  readonly reason?: string;
}

/** Reads a support policy in JSON or, by the end of its name, YAML. Throws ConfigError for whatever is wrong with it. */
export async function readSupportPolicy(text: string, path: string): Promise<SupportPolicy> {
  const document = await parse(text, path);
  if (!validateSupportPolicy(document.value)) {
    const { message, position } = faultOf(document, schema, validateSupportPolicy.errors);
    throw new ConfigError(path, message, position);
  }
  const { windows } = document.value as { windows: readonly (Pick<SupportWindow, "from" | "to"> & Partial<SupportWindow>)[] };
  for (const [at, { until }] of windows.entries()) {
    if (until === undefined || isDay(until)) continue;
    throw new ConfigError(path, `There is no day '${until}'.`, document.valueAt(`/windows/${at}/until`));
  }
  return { path, windows: windows.map((window) => ({ machines: ["*"], direction: "forward", ...window })) };
}

/** Whether a text of the form YYYY-MM-DD is a day of the calendar. */
export function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

async function parse(text: string, path: string): Promise<Document> {
  if (/\.ya?ml$/i.test(path)) {
    const { yamlDocument } = await import("../policy/yaml-document.ts");
    return asWritten(yamlDocument(text, path), text);
  }
  try {
    return jsonDocument(text, path);
  } catch (error) {
    throw error instanceof InputError ? asConfigError(error) : error;
  }
}

/** YAML takes a build that is called 10.0 for the number 10; what counts is how it was written. */
function asWritten(document: Document, text: string): Document {
  const restore = (value: unknown, pointer: string): unknown => {
    if (Array.isArray(value)) return value.map((item, at) => restore(item, `${pointer}/${at}`));
    if (typeof value === "number") return /^[^\s,\]}#]+/.exec(text.slice(document.valueAt(pointer)?.offset ?? 0))?.[0];
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restore(item, `${pointer}/${key}`)]));
  };
  return { ...document, value: restore(document.value, "") };
}

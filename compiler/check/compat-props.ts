import { InputError, parseJson, Source } from "../describe/index.ts";
import type { Finding, Report } from "./report.ts";

/** What a machine type sets, `driver.property` to value. */
export type CompatProps = ReadonlyMap<string, string>;

interface Machine {
  readonly name?: unknown;
  readonly "compat-props"?: readonly { readonly "qom-type"?: unknown; readonly property?: unknown; readonly value?: unknown }[];
}

/**
 * Reads the answer of QMP's `query-machines` with `compat-props`, or its list alone, and takes what one machine type sets. Of a property that is
 * set twice the later one holds. Throws InputError for another shape and for a machine type that is not in it.
 */
export function readCompatProps(text: string, path: string, machine: string): CompatProps {
  const { value } = parseJson(new Source(path, text, text.length, () => ""));
  const machines = (Array.isArray(value) ? value : (value as { return?: unknown } | null)?.return) as readonly Machine[] | undefined;
  if (!Array.isArray(machines)) throw new InputError("NOT_MACHINES", path, "This is not an answer of query-machines.");
  const own = machines.find(({ name }) => name === machine);
  if (own === undefined)
    throw new InputError("NO_MACHINE", path, `Machine type '${machine}' is not among the ${machines.length} that it lists.`);
  if (!Array.isArray(own["compat-props"])) {
    throw new InputError("NO_COMPAT_PROPS", path, `It lists no compatibility properties; ask query-machines with "compat-props": true.`);
  }
  return new Map(own["compat-props"].map((prop) => [`${prop["qom-type"]}.${prop.property}`, String(prop.value)]));
}

/**
 * Names, in the note of every finding that depends on a condition, the properties of its devices that the machine type sets otherwise in the two
 * builds: these are the knobs such conditions usually hang on. Changes nothing else.
 */
export function annotateCompatProps(report: Report, old: CompatProps, new_: CompatProps): Report {
  const differing = [...new Set([...old.keys(), ...new_.keys()])].filter((key) => old.get(key) !== new_.get(key)).sort();
  const findings = report.findings.map((finding): Finding => {
    if (finding.certainty !== "depends") return finding;
    const knobs = differing.filter((key) => finding.sections.includes(key.slice(0, key.lastIndexOf("."))));
    if (knobs.length === 0) return finding;
    const list = knobs.map((key) => `${key} (old ${old.get(key) ?? "not set"}, new ${new_.get(key) ?? "not set"})`).join(", ");
    const note = `The machine type sets ${list}.`;
    return { ...finding, note: finding.note === undefined ? note : `${finding.note} ${note}` };
  });
  return { ...report, findings };
}

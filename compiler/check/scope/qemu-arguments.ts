import { valueAt, type XmlElement } from "./xml-tree.ts";

export interface NamedDevices {
  readonly types: readonly string[];
  readonly unknown: readonly string[];
}

/** The types that `-device` names among the arguments of `<qemu:commandline>`; whatever else stands there is unknown. */
export function readArguments(commandline: XmlElement, aliases: Readonly<Record<string, string>>): NamedDevices {
  const types: string[] = [];
  const unknown: string[] = [];
  const words = commandline.children.filter(({ name }) => name === "qemu:arg").map((arg) => valueAt(arg, "@value"));
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const next = words[at + 1];
    const hasValue = next !== undefined && !next.startsWith("-");
    if (hasValue) at++;
    const type = hasValue && /^--?device$/.test(word) ? driverOf(next) : undefined;
    if (type === undefined) unknown.push(`QEMU argument '${word}'`);
    else types.push(Object.hasOwn(aliases, type) ? (aliases[type] ?? type) : type);
  }
  return { types, unknown };
}

/** The driver of `e1000,id=…`, `driver=e1000,…`, `id=…,driver=e1000` or `{"driver": "e1000", …}`. */
function driverOf(value: string): string | undefined {
  if (value.startsWith("{")) {
    try {
      const { driver } = JSON.parse(value) as { driver?: unknown };
      return typeof driver === "string" && driver !== "" ? driver : undefined;
    } catch {
      return undefined;
    }
  }
  const options = value.split(",");
  const named = options.find((option) => option.startsWith("driver="))?.slice("driver=".length);
  return named ?? (options[0]?.includes("=") || options[0] === "" ? undefined : options[0]);
}

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Field, Section, Vmsd } from "../compiler/describe/index.ts";
import { readDump } from "./corpus.ts";

const KINDS: Readonly<Record<number, string>> = { 1: "uint8", 2: "uint16", 4: "uint32", 8: "uint64" };

/**
 * Descriptors of as many real devices, one file each, with their structs and subsections, and three machine types: the shapes are those of
 * a dump, the kinds are guessed from sizes. Gives the project's folder.
 */
export function writeDescriptors(folder: string, devices: number): string {
  const { vmschkmachine: _, ...sections } = JSON.parse(readDump("qemu-10.0-pc-i440fx-2.12").toString("latin1")) as Record<string, Section>;
  const known = new Set<string>();
  const described = Object.values(sections).filter(({ Description }) => {
    const name = Description?.name ?? "";
    return (Description?.Fields?.length ?? 0) > 0 && !known.has(name) && known.add(name);
  });
  mkdirSync(join(folder, "devices"), { recursive: true });
  const names = described.slice(0, devices).map(({ Description }, at) => {
    writeFileSync(join(folder, "devices", `device-${at}.ts`), deviceText(Description as Vmsd, at));
    return at;
  });
  writeFileSync(join(folder, "devices", "machines.ts"), machinesText(names));
  writeFileSync(join(folder, "vmstate.compile.json"), JSON.stringify({ descriptors: ["devices"], out: "gen" }));
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  return folder;
}

function deviceText(vmsd: Vmsd, at: number): string {
  const structs: string[] = [];
  const text = vmsdText(vmsd, `device${at}`, true, structs);
  return `import { array, buffer, named, since, struct, uint8, uint16, uint32, uint64, vmsd } from "vmstate/schema";\n\n${[...structs, text].join("\n\n")}\n`;
}

function vmsdText(vmsd: Vmsd, id: string, outer: boolean, structs: string[]): string {
  const keys = new Set<string>();
  const exists: string[] = [];
  const fields = (list: readonly Field[]): string =>
    list
      .flatMap((field) => {
        const kind = kindText(field, structs, id);
        if (kind === undefined) return [];
        const key = uniqueKey(field.field, keys);
        const named = key === field.field ? kind : `named(${JSON.stringify(field.field)}, ${kind})`;
        if (field.field_exists === true) exists.push(`${JSON.stringify(key)}: (s, m) => m.extended`);
        const since = field.field_exists !== true && field.version_id > 0 && field.version_id <= vmsd.version_id;
        return [`    ${JSON.stringify(key)}: ${since ? `since(${field.version_id}, ${named})` : named},`];
      })
      .join("\n");
  const own = fields(vmsd.Fields ?? []);
  const conditions = exists.splice(0);
  const subsections = (vmsd.Subsections ?? [])
    .filter(({ name }) => outer && name.startsWith(`${vmsd.name}/`))
    .map((each) => {
      const inner = fields(each.Fields ?? []);
      exists.splice(0);
      return `    ${JSON.stringify(each.name)}: { versionId: ${each.version_id}, minimumVersionId: ${each.minimum_version_id ?? 0}, needed: (s, m) => m.extended, fields: {\n${inner}\n    } },`;
    });
  return `export const ${id} = vmsd(${JSON.stringify(vmsd.name)}, {
  versionId: ${vmsd.version_id},
  minimumVersionId: ${vmsd.minimum_version_id ?? 0},
  properties: { extended: true },
  fields: {
${own}
  },
  exists: { ${conditions.join(", ")} },
  subsections: {
${subsections.join("\n")}
  },
});`;
}

function kindText(field: Field, structs: string[], id: string): string | undefined {
  const inner = field.Description;
  if (inner !== undefined && (inner.Fields?.length ?? 0) === 0) return undefined;
  let kind = KINDS[field.size] ?? `buffer(${field.size})`;
  if (inner !== undefined) {
    const name = `${id}s${structs.length}`;
    structs.push("");
    const at = structs.length - 1;
    structs[at] = vmsdText(inner, name, false, structs);
    // What is used must come first in the file.
    structs.push(...structs.splice(at, 1));
    kind = `struct(${name})`;
  } else if (field.size === 0) return undefined;
  return field.num !== undefined && field.num > 1 ? `array(${kind}, ${field.num})` : kind;
}

function uniqueKey(name: string, keys: Set<string>): string {
  let key = name;
  for (let nth = 2; keys.has(key); nth++) key = `${name}#${nth}`;
  keys.add(key);
  return key;
}

function machinesText(devices: readonly number[]): string {
  const imports = devices.map((at) => `import { device${at} } from "./device-${at}.ts";`);
  const list = devices.map((at) => `device${at}`).join(", ");
  return `import { machine } from "vmstate/schema";
${imports.join("\n")}

export const pc22 = machine("pc-2.2", { devices: [${list}] });
export const pc21 = machine("pc-2.1", { inherits: pc22 });
export const pc20 = machine("pc-2.0", { inherits: pc21 });
`;
}

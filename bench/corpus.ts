import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

export const REAL = ["qemu-7.2-pc-i440fx-2.12", "qemu-10.0-pc-i440fx-2.12"] as const;

export function readDump(name: string): Buffer {
  return gunzipSync(readFileSync(join("fixtures/dumps", `${name}.json.gz`)));
}

/** The real dumps as plain files in a folder; the peer cannot read gzip. */
export function writeDumps(folder: string): { old: string; new: string } {
  mkdirSync(folder, { recursive: true });
  const [old, new_] = REAL.map((name) => {
    const path = join(folder, `${name}.json`);
    writeFileSync(path, readDump(name));
    return path;
  });
  return { old: old ?? "", new: new_ ?? "" };
}

/** `count` builds, no two of one content: real dumps in which every build renames another section's field. */
export function writeBuilds(folder: string, count: number): string[] {
  mkdirSync(folder, { recursive: true });
  const texts = REAL.map((name) => readDump(name).toString("latin1"));
  return Array.from({ length: count }, (_, index) => {
    const text = texts[index % texts.length] ?? "";
    let nth = 0;
    const changed = text.replace(/"field": "(\w+)"/g, (whole, name: string) =>
      nth++ === index * 40 ? `"field": "${name}_${index}"` : whole,
    );
    const path = join(folder, `qemu-${index + 1}.0-pc-i440fx-2.12.json`);
    writeFileSync(path, changed, "latin1");
    return path;
  });
}

/** A dump with every section `times` over, under names of their own. */
export function multiply(dump: Buffer, times: number): Buffer {
  const { vmschkmachine, ...sections } = JSON.parse(dump.toString("latin1")) as Record<string, unknown>;
  const many: Record<string, unknown> = { vmschkmachine };
  for (let copy = 0; copy < times; copy++) for (const [type, section] of Object.entries(sections)) many[`${type}-${copy}`] = section;
  return Buffer.from(JSON.stringify(many, undefined, 2));
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Metadata, readMetadata, readMetadataFile } from "../describe/index.ts";
import type { Ir } from "../ir.ts";
import { readDescriptors } from "../read/index.ts";
import { type Imported, type ImportRequest, importDescriptors } from "./index.ts";

/** A folder of descriptors to import into, for tests. */
export class TestFolder {
  readonly root = mkdtempSync(join(tmpdir(), "vmstate-import-"));
  readonly texts = new Map<string, string>();

  put(path: string, text: string): this {
    this.texts.set(path, text);
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
    return this;
  }

  /** Imports, and keeps what is written. */
  import(inputs: readonly Metadata[], options: Partial<ImportRequest> = {}): Imported {
    const imported = importDescriptors({ inputs, root: this.root, folder: ".", files: [...this.texts.keys()].sort(), ...options });
    for (const { path, text } of imported.files) this.put(path, text);
    return imported;
  }

  /** What the compiler makes of it all. Throws what it refuses. */
  compile(): Ir {
    return readDescriptors(this.root, [...this.texts.keys()].sort()).ir;
  }

  text(path: string): string {
    return this.texts.get(path) ?? "";
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

/** Metadata from its JSON. */
export function metadata(value: unknown, path = "test.json"): Metadata {
  return readMetadata(Buffer.from(JSON.stringify(value)), path);
}

export function fixture(path: string): Metadata {
  return readMetadataFile(join("fixtures", path));
}

export interface DumpedField {
  readonly field: string;
  readonly version_id?: number;
  readonly field_exists?: boolean;
  readonly num?: number;
  readonly size: number;
  readonly Description?: object;
}

/** A dumped description. */
export function dumped(name: string, fields: readonly DumpedField[], more: object = {}): object {
  const Fields = fields.map((each) => ({ version_id: 0, field_exists: false, ...each }));
  return { name, version_id: 1, minimum_version_id: 1, Fields, ...more };
}

/** A dump whose sections have the names of their vmsds as types, but for a number behind them. */
export function dump(...descriptions: readonly object[]): object {
  const sections = (descriptions as { name: string; version_id: number; minimum_version_id: number }[]).map((each, at) => {
    const { name, version_id, minimum_version_id } = each;
    return [`${name}-${at}`, { Name: `${name}-${at}`, version_id, minimum_version_id, Description: each }];
  });
  return { vmschkmachine: { Name: "pc" }, ...Object.fromEntries(sections) };
}

export interface SentField {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly [key: string]: unknown;
}

/** A stream's description with one device of each body. */
export function description(
  ...bodies: readonly { name: string; version?: number; fields: readonly SentField[]; subsections?: readonly object[] }[]
): object {
  return {
    page_size: 4096,
    devices: bodies.map(({ name, version = 1, ...rest }) => ({ name, instance_id: 0, vmsd_name: name, version, ...rest })),
  };
}

import { relative } from "node:path";
import { type MetadataFile, writeMetadata } from "../describe/write-metadata.ts";
import { emitFiles } from "../emit/files.ts";
import type { Ir } from "../ir.ts";
import { type CompileProject, findProject } from "../read/find-project.ts";
import { readDescriptors } from "../read/index.ts";
import type { Matrix } from "./matrix.ts";

/** What a project's descriptors say now; read when it is first asked for, and once. */
export class Descriptors {
  readonly project: CompileProject;
  #ir: Ir | undefined;
  readonly #metadata = new Map<string, MetadataFile>();
  #files: ReadonlyMap<string, string> | undefined;

  constructor({ root, gen }: Pick<Matrix, "root" | "gen">, runtime?: string) {
    this.project = findProject({ folder: root, paths: [], out: relative(root, gen), runtime });
  }

  get ir(): Ir {
    this.#ir ??= readDescriptors(this.project.root, this.project.descriptors).ir;
    return this.#ir;
  }

  /** What `vmstate dump` would print. Throws when the machine type is gone. */
  metadata(machine: string): MetadataFile {
    const written = this.#metadata.get(machine) ?? writeMetadata(this.ir, { machine });
    this.#metadata.set(machine, written);
    return written;
  }

  /** What `vmstate compile` would write, but for metadata. */
  get files(): ReadonlyMap<string, string> {
    this.#files ??= emitFiles(this.ir, { runtime: this.project.runtime });
    return this.#files;
  }
}

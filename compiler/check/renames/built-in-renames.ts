import builtIn from "./renames.json" with { type: "json" };

/** Two names that mean the same (schemas/renames.schema.json). */
export interface RenameEntry {
  readonly kind: "section" | "description" | "field";
  /** For a field the description that holds it or the QOM type, for a description the QOM type. */
  readonly description?: string;
  /** The older name and the newer one; builds may be compared either way round. */
  readonly names: readonly [string, string];
  readonly note?: string;
  readonly since?: string;
  readonly commit?: string;
}

/** An entry and the file that has it; absent for what comes with vmstate. */
export interface KnownRename extends RenameEntry {
  readonly file?: string;
}

/** The renames in QEMU's history that come with vmstate. */
export const KNOWN_RENAMES: readonly KnownRename[] = (builtIn as unknown as { readonly entries: readonly RenameEntry[] }).entries;

import { readFileSync, statSync } from "node:fs";
import { DEFAULT_MAX_INPUT, type Metadata, readMetadata, readMetadataFile, Source, sha256 } from "../../describe/index.ts";
import type { MatrixInput } from "./matrix.ts";
import { nameInput } from "./name-input.ts";

export interface InputFile {
  readonly path: string;
  /** The build that it is of; by its name and content when absent. */
  readonly build?: string;
}

/**
 * Reads the files of a matrix. Files that are equal byte for byte are parsed once, and no text is kept: a matrix gives no positions.
 * Throws InputError for the first file that cannot be read.
 */
export function readInputs(files: readonly InputFile[], maxInput = DEFAULT_MAX_INPUT): MatrixInput[] {
  const parsed = new Map<string, Metadata>();
  return files.map(({ path, build }) => {
    const metadata = readOnce(path, maxInput, parsed);
    return { ...nameInput(path, metadata.machine, build), metadata };
  });
}

function readOnce(path: string, maxInput: number, parsed: Map<string, Metadata>): Metadata {
  const bytes = bytesOf(path, maxInput);
  if (bytes === undefined) return withoutText(readMetadataFile(path, { maxInput }));
  const digest = sha256(bytes);
  const known = parsed.get(digest);
  if (known !== undefined) return { ...known, source: new Source(path, "", bytes.length, () => digest) };
  const metadata = withoutText(readMetadata(bytes, path, { maxInput, sha256: () => digest }));
  parsed.set(digest, metadata);
  return metadata;
}

/** Undefined for whatever is not a plain file of a moderate size; its reader knows what to do or say. */
function bytesOf(path: string, maxInput: number): Buffer | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= maxInput ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

function withoutText(metadata: Metadata): Metadata {
  const { path, bytes } = metadata.source;
  const digest = metadata.source.sha256();
  return { ...metadata, source: new Source(path, "", bytes, () => digest) };
}

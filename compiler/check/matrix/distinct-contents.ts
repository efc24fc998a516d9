import { contentIdOf, type Metadata, type Section, sectionIds } from "../../describe/index.ts";
import type { MatrixInput } from "./matrix.ts";

/** Metadata that is to be compared once, in however many inputs it stands. */
export interface Content {
  readonly id: string;
  readonly metadata: Metadata;
  readonly sectionIds: ReadonlyMap<string, string>;
}

/** The content of each input, one and the same object for equal ones. The label of the machine is dropped: it is not content. */
export function distinctContents(inputs: readonly MatrixInput[]): ReadonlyMap<MatrixInput, Content> {
  const byId = new Map<string, Content>();
  const idsOf = new Map<ReadonlyMap<string, Section>, ReadonlyMap<string, string>>();
  const contents = new Map<MatrixInput, Content>();
  for (const input of inputs) {
    const { metadata } = input;
    // Files that are the same byte for byte were parsed once and share their sections.
    const ids = idsOf.get(metadata.sections) ?? sectionIds(metadata);
    idsOf.set(metadata.sections, ids);
    const id = contentIdOf(metadata, ids);
    const content = byId.get(id) ?? { id, metadata: { ...metadata, machine: undefined }, sectionIds: ids };
    byId.set(id, content);
    contents.set(input, content);
  }
  return contents;
}

import type { SectionLayout } from "../description/layout.ts";
import { readState } from "../description/read-state.ts";
import { writeValue } from "../description/values.ts";
import { StreamError } from "../errors.ts";
import type { SectionItem } from "../item.ts";
import { type Leaf, leavesOf } from "../leaves.ts";
import { RewriteError, type SetField } from "./edits.ts";

/** Sets fields in the sections that have them, and knows at the end which were in none. */
export class FieldSetter {
  /** Where each was found. */
  readonly #found = new Map<SetField, string>();
  /** Sections that were meant, without the field. */
  readonly #missed = new Map<SetField, string>();
  readonly #fields: readonly SetField[];

  constructor(fields: readonly SetField[]) {
    this.#fields = fields;
  }

  /** The body with its fields set; the same when none is in it. */
  apply(item: SectionItem, body: Uint8Array, layout: SectionLayout | undefined): Uint8Array {
    const wanted = this.#fields.flatMap((field) => {
      const path = pathIn(field.target, item);
      return path === undefined ? [] : [{ field, path }];
    });
    if (wanted.length === 0) return body;
    const leaves = leavesIn(item, body, layout);
    const changed = body.slice();
    for (const { field, path } of wanted) {
      const section = `${item.name}:${item.instance}`;
      const leaf = leaves.find((each) => each.path === path);
      if (leaf === undefined) {
        this.#missed.set(field, missing(path, item, layout, leaves));
        continue;
      }
      const before = this.#found.get(field);
      if (before !== undefined) throw new RewriteError(`'${field.target}' is a field of ${before} and of ${section}: say which.`);
      this.#found.set(field, section);
      setLeaf(changed, item.body.at, leaf, field);
    }
    return changed;
  }

  /** Throws RewriteError for a field that the stream does not have. */
  end(): void {
    for (const field of this.#fields)
      if (!this.#found.has(field))
        throw new RewriteError(this.#missed.get(field) ?? `'${field.target}': the stream has no section of that name that holds fields.`);
  }
}

/** The field's path, when the target begins with the section: its name or the end of that, and its instance if need be. */
function pathIn(target: string, { name, instance }: SectionItem): string | undefined {
  for (const known of [name, name.slice(name.lastIndexOf("/") + 1)])
    for (const head of [`${known}:${instance}/`, `${known}/`]) if (target.startsWith(head)) return target.slice(head.length);
  return undefined;
}

function leavesIn(item: SectionItem, body: Uint8Array, layout: SectionLayout | undefined): readonly Leaf[] {
  if (layout?.vmsd === undefined) return [];
  try {
    return leavesOf(readState(layout, { bytes: body, at: item.body.at }));
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    throw new RewriteError(`No field is set in the section '${item.name}', which is damaged at offset ${error.at}: ${error.message}`);
  }
}

function missing(path: string, { name }: SectionItem, layout: SectionLayout | undefined, leaves: readonly Leaf[]): string {
  if (layout?.vmsd === undefined) return `The fields of the section '${name}' are not described in the stream, so none of them can be set.`;
  const below = leaves.filter((each) => each.path.startsWith(path) && /^[.[]/.test(each.path.slice(path.length)));
  if (below.length > 0) return `'${path}' of '${name}' holds ${below.length} values, such as '${below[0]?.path}': one is set at a time.`;
  return `The section '${name}' has no field '${path}'.`;
}

function setLeaf(body: Uint8Array, start: number, { at, bytes, type, value: before, path }: Leaf, { value }: SetField): void {
  const room = new Uint8Array(bytes);
  const view = new DataView(room.buffer);
  // Text is what decode prints as text: 64 bits and bytes; either may look like a number.
  if (!valuesOf(value).some((each) => writeValue(type, bytes, view, 0, each))) {
    const shown = JSON.stringify(before);
    throw new RewriteError(
      `${value} is no value of '${path}', which is of kind '${type}' and has ${bytes} bytes; it is ${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown} now.`,
    );
  }
  body.set(room, at - start);
}

function valuesOf(text: string): unknown[] {
  try {
    return [JSON.parse(text), text];
  } catch {
    return [text];
  }
}

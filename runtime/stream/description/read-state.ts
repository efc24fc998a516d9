import { StreamError } from "../errors.ts";
import { TYPE } from "../format.ts";
import type { FieldNode, SectionState, SubsectionNode, VmsdNode } from "../state.ts";
import { latin1 } from "../window.ts";
import { type FieldLayout, type SectionLayout, subsectionHead, type VmsdLayout } from "./layout.ts";
import { type FieldValue, readValue } from "./values.ts";

/** The bytes of a section's body, and where in the stream they lie. */
export interface Body {
  readonly bytes: Uint8Array;
  readonly at: number;
}

/** All of a body as one field, where nothing is known of it. */
export function opaqueState({ bytes, at }: Body): SectionState {
  if (bytes.length === 0) return { fields: [], subsections: [] };
  const value = readValue("buffer", bytes.length, viewOf(bytes), 0);
  return { fields: [{ name: "data", type: "buffer", at, size: bytes.length, value }], subsections: [] };
}

/** The state that a section's body holds by its layout, whose size the body has. Throws StreamError where the bytes are not what it says. */
export function readState(layout: SectionLayout, body: Body): SectionState {
  if (layout.vmsd === undefined) return opaqueState(body);
  return new StateReader(layout.name, body).vmsd(layout.vmsd, 0);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

class StateReader {
  readonly #path: string;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  /** Offset in the stream of the body. */
  readonly #base: number;

  constructor(path: string, { bytes, at }: Body) {
    this.#path = path;
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    this.#base = at;
  }

  vmsd(layout: VmsdLayout, start: number): VmsdNode {
    let at = start;
    const fields: FieldNode[] = [];
    for (const field of layout.fields) {
      fields.push(this.#field(field, at));
      at += field.size * field.count;
    }
    const subsections = layout.subsections.map((each) => {
      const subsection = this.#subsection(each, at);
      at += subsection.bytes;
      return subsection;
    });
    return { vmsd: layout.vmsd, version: layout.version, fields, subsections };
  }

  #subsection(layout: VmsdLayout, at: number): SubsectionNode {
    const head = subsectionHead(layout.vmsd);
    this.#expect(this.#bytes[at] === TYPE.subsection, at, `the subsection ${layout.vmsd} begins`);
    const length = this.#bytes[at + 1];
    this.#expect(
      length === layout.vmsd.length && latin1(this.#bytes, at + 2, at + 2 + length) === layout.vmsd,
      this.#differing(at + 1, layout.vmsd),
      `the name ${layout.vmsd} of a subsection stands`,
    );
    const version = at + head - 4;
    const differing = Math.clz32(this.#view.getUint32(version) ^ layout.version) >> 3;
    this.#expect(differing === 4, version + differing, `the version ${layout.version} of ${layout.vmsd} stands`);
    return { ...this.vmsd(layout, at + head), at: this.#base + at, bytes: head + layout.size };
  }

  /** The first byte at which a counted name is another than the one that is expected. */
  #differing(at: number, name: string): number {
    if (this.#bytes[at] !== name.length) return at;
    for (let i = 0; i < name.length; i++) if (this.#bytes[at + 1 + i] !== name.charCodeAt(i)) return at + 1 + i;
    return at;
  }

  #expect(holds: boolean, at: number, what: string): void {
    if (holds) return;
    const message = `By the stream's description ${what} here; the bytes say otherwise.`;
    throw new StreamError("differs-from-description", this.#base + at, this.#path, message);
  }

  #field(layout: FieldLayout, at: number): FieldNode {
    const { name, index, type, size, isArray } = layout;
    const head = { name, ...(index === undefined ? {} : { index }), type, at: this.#base + at, size };
    // Elements of no bytes are nothing, however many the description counts.
    if (isArray && size === 0) return { ...head, value: [] };
    return {
      ...head,
      ...(this.#inner(layout, at) ?? { value: isArray ? this.#values(layout, at) : readValue(type, size, this.#view, at) }),
    };
  }

  #values({ type, size, count }: FieldLayout, at: number): FieldValue[] {
    const values: FieldValue[] = [];
    for (let i = 0; i < count; i++) values.push(readValue(type, size, this.#view, at + i * size));
    return values;
  }

  /** Undefined where the layout is no vmsd's, or its parts do not add up to its size: then it is bytes. */
  #inner({ type, inner, size, count, isArray }: FieldLayout, at: number): Pick<FieldNode, "struct" | "elements"> | undefined {
    const [only] = inner;
    if (only === undefined) return undefined;
    if (STRUCTS.has(type)) {
      if (inner.length > 1 || only.size !== size) return undefined;
      if (!isArray) return { struct: this.vmsd(only, at) };
      const struct: VmsdNode[] = [];
      for (let i = 0; i < count; i++) struct.push(this.vmsd(only, at + i * size));
      return { struct };
    }
    return LISTS.has(type) && !isArray ? this.#list(inner, at, size) : undefined;
  }

  /** A mark before each element and one behind the last. */
  #list(inner: readonly VmsdLayout[], start: number, size: number): { elements: readonly VmsdNode[] } | undefined {
    if (inner.reduce((sum, each) => sum + 1 + each.size, 1) !== size) return undefined;
    const elements: VmsdNode[] = [];
    let at = start;
    for (const each of inner) {
      if (this.#bytes[at] !== 1) return undefined;
      elements.push(this.vmsd(each, at + 1));
      at += 1 + each.size;
    }
    return this.#bytes[at] === 0 ? { elements } : undefined;
  }
}

const STRUCTS: ReadonlySet<string> = new Set(["struct", "vstruct", "tmp"]);
// A tree's keys may stand beside its values or not be described at all: its bytes stay as they are.
const LISTS: ReadonlySet<string> = new Set(["qtailq", "qlist"]);

import { StreamError } from "../errors.ts";
import type { FieldNode, SectionState, SubsectionNode, VmsdNode } from "../state.ts";
import { type FieldLayout, type SectionLayout, shapeOf, subsectionHead, type VmsdLayout } from "./layout.ts";
import { wrongHead } from "./subsection-head.ts";
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
  const { vmsd, fields, subsections } = new StateReader(layout.name, body).vmsd(layout.vmsd, 0);
  // Its version is the section's to tell: the bytes may have another than the description.
  return { vmsd, fields, subsections };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** What a field costs of the budget, where a value costs 1: as text it is that much longer. */
const FIELD = 16;
/** Fields that a section of no bytes may have. */
const SPARE = 1 << 16;
/** More than any device has; beyond it a section is bytes, so that its text is no longer than a string can be. */
const MOST = 1 << 22;

class StateReader {
  readonly #path: string;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  /** Offset in the stream of the body. */
  readonly #base: number;
  /** Fields and values that it may still have. */
  #budget: number;

  constructor(path: string, { bytes, at }: Body) {
    this.#path = path;
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    this.#base = at;
    this.#budget = Math.min(FIELD * (SPARE + 16 * bytes.length), MOST);
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
    this.#spend(FIELD);
    const wrong = wrongHead(layout, this.#bytes, at);
    if (wrong !== undefined)
      throw new StreamError("differs-from-description", this.#base + wrong.at, `${this.#path}/${layout.vmsd}`, wrong.message);
    const head = subsectionHead(layout.vmsd);
    return { ...this.vmsd(layout, at + head), at: this.#base + at, bytes: head + layout.size };
  }

  #field(layout: FieldLayout, at: number): FieldNode {
    const { name, index, type, size, isArray } = layout;
    this.#spend(FIELD);
    const head = { name, ...(index === undefined ? {} : { index }), type, at: this.#base + at, size };
    // Elements of no bytes are nothing, however many the description counts.
    if (isArray && size === 0) return { ...head, value: [] };
    return {
      ...head,
      ...(this.#inner(layout, at) ?? { value: isArray ? this.#values(layout, at) : readValue(type, size, this.#view, at) }),
    };
  }

  #values({ type, size, count }: FieldLayout, at: number): FieldValue[] {
    this.#spend(count);
    const values: FieldValue[] = [];
    for (let i = 0; i < count; i++) values.push(readValue(type, size, this.#view, at + i * size));
    return values;
  }

  /** Undefined where it is values, and for a list whose marks are others: then it is bytes. */
  #inner(layout: FieldLayout, at: number): Pick<FieldNode, "struct" | "elements"> | undefined {
    const { inner, size, count, isArray } = layout;
    const [only] = inner;
    const shape = shapeOf(layout);
    if (shape === "list") return this.#list(inner, at);
    if (shape === "values" || only === undefined) return undefined;
    if (!isArray) return { struct: this.vmsd(only, at) };
    const struct: VmsdNode[] = [];
    for (let i = 0; i < count; i++) struct.push(this.vmsd(only, at + i * size));
    return { struct };
  }

  #list(inner: readonly VmsdLayout[], start: number): { elements: readonly VmsdNode[] } | undefined {
    const elements: VmsdNode[] = [];
    let at = start;
    for (const each of inner) {
      if (this.#bytes[at] !== 1) return undefined;
      elements.push(this.vmsd(each, at + 1));
      at += 1 + each.size;
    }
    return this.#bytes[at] === 0 ? { elements } : undefined;
  }

  /** A field of no bytes that is repeated with its struct's elements could make any number of nodes from a few bytes. */
  #spend(cost: number): void {
    this.#budget -= cost;
    if (this.#budget >= 0) return;
    const message = `The stream's description makes too many fields of the section's ${this.#bytes.length} bytes.`;
    throw new StreamError("bad-description", this.#base, this.#path, message);
  }
}

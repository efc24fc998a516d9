import type { FieldLayout, VmsdLayout } from "../../runtime/codec/layout.ts";
import type { KindIr } from "../ir.ts";
import { describeKind, sizeOf } from "../kinds/index.ts";
import type { Program } from "../kinds/kind.ts";

/** A vmsd that is being read, or has been. */
interface Frame {
  readonly vmsd: string;
  readonly version: number;
  readonly start: number;
  /** Bytes in front of it that are not its own. */
  readonly head: number;
  readonly fields: FieldLayout[];
  readonly subsections: VmsdLayout[];
  /** Vmsds within the field that is being read, and where each begins. */
  inner: { readonly layout: VmsdLayout; readonly start: number }[];
}

/** Follows a load and notes which bytes are what. */
export class Tracer {
  readonly #program: Program;
  readonly #frames: Frame[] = [];
  /** Properties of the device that the bytes were read by. */
  readonly asked = new Set<string>();
  /** The whole, once it has been read. */
  layout: VmsdLayout | undefined;

  constructor(program: Program) {
    this.#program = program;
  }

  /** The same properties, noting which are asked for. */
  watched<T extends object>(properties: T): T {
    return new Proxy(properties, {
      get: (target, name) => {
        if (typeof name === "string") this.asked.add(name);
        return Reflect.get(target, name);
      },
    });
  }

  begin(vmsd: string, version: number, start: number, head = 0): void {
    this.#frames.push({ vmsd, version, start, head, fields: [], subsections: [], inner: [] });
  }

  end(at: number): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    const { vmsd, version, fields, subsections, start, head } = frame;
    const layout = { vmsd, version, fields, subsections, size: at - start };
    const around = this.#frames.at(-1);
    if (around === undefined) this.layout = layout;
    else if (head > 0) around.subsections.push(layout);
    else around.inner.push({ layout, start });
  }

  /** Of subsections within a subsection each is listed where it was met. */
  field(name: string, kind: KindIr, start: number, end: number): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    const { inner } = frame;
    frame.inner = [];
    if (end > start) frame.fields.push(...this.#layouts(name, kind, start, end, inner));
  }

  #layouts(name: string, kind: KindIr, start: number, end: number, inner: Frame["inner"]): readonly FieldLayout[] {
    const type = describeKind(kind, this.#program).kind;
    const one = (size: number, ofIt: readonly VmsdLayout[] = []): FieldLayout => ({
      name,
      type,
      count: 1,
      isArray: false,
      size,
      inner: ofIt,
    });
    switch (kind.kind) {
      case "pointer":
        return this.#layouts(name, kind.target, start, end, inner);
      // What others see as one opaque field is shown as what it is.
      case "custom":
        return this.#layouts(name, kind.layout, start, end, inner);
      case "nullable":
        return inner.length === 0 && end - start === 1 && sizeOf(kind.target, this.#program) !== 1
          ? [{ ...one(1), type: NULL }]
          : this.#layouts(name, kind.target, start, end, inner);
      case "array":
      case "array2d":
      case "varray":
        return inner.length === 0 ? this.#values(name, kind.element, start, end) : this.#structs(name, type, start, end, inner);
      case "qtailq":
      case "qlist":
        return [
          one(
            end - start,
            inner.map(({ layout }) => layout),
          ),
        ];
      case "struct":
      case "vstruct":
      case "tmp":
        return [
          one(
            end - start,
            inner.map(({ layout }) => layout),
          ),
        ];
      default:
        return [one(end - start)];
    }
  }

  /** Elements of one size; those that may be null, or are bytes of any length, are bytes together. */
  #values(name: string, element: KindIr, start: number, end: number): readonly FieldLayout[] {
    const size = sizeOf(element, this.#program);
    const { kind: type } = describeKind(element, this.#program);
    if (size === undefined || size === 0) return [{ name, type: "buffer", count: 1, isArray: false, size: end - start, inner: [] }];
    return [{ name, type, count: (end - start) / size, isArray: true, size, inner: [] }];
  }

  /** As a description has them: all that are alike at once, otherwise one by one; what lies between them are null pointers. */
  #structs(name: string, type: string, start: number, end: number, inner: Frame["inner"]): readonly FieldLayout[] {
    const [first] = inner;
    const shapes = new Set(inner.map(({ layout }) => JSON.stringify(layout)));
    if (first !== undefined && shapes.size === 1 && inner.length * first.layout.size === end - start)
      return [{ name, type, count: inner.length, isArray: true, size: first.layout.size, inner: [first.layout] }];
    const fields: FieldLayout[] = [];
    const add = (of: string, size: number, ofIt: readonly VmsdLayout[]): void => {
      fields.push({ name, index: fields.length, type: of, count: 1, isArray: false, size, inner: ofIt });
    };
    let at = start;
    for (const { layout, start: next } of [...inner, { layout: undefined, start: end }]) {
      for (; at < next; at++) add(NULL, 1, []);
      if (layout !== undefined) add(type, layout.size, [layout]);
      at = next + (layout?.size ?? 0);
    }
    return fields;
  }
}

const NULL = "nullptr";

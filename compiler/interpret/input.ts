import type { Value } from "../expr/expr.ts";
import type { Program } from "../kinds/kind.ts";
import type { Tracer } from "./tracer.ts";

export type State = { [key: string]: Value };

/** Why the interpreter refuses bytes or a state: the codes of the runtime's errors, and the field, so that codecs can be held against it. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  /** As the runtime's errors have it, without the numbers of elements. */
  readonly path: string;
  /** Where the thing that is wrong begins; undefined for a state that cannot be saved. */
  readonly offset: number | undefined;
  /** Where the field begins that it is in, which is before it in an array. */
  readonly start: number | undefined;

  /** The vmsd or subsection that refuses, whose name may have any letter in it, and the fields down to the one that it refuses. */
  readonly vmsd: string;
  readonly fields: readonly string[];

  constructor(code: string, vmsd: string, fields: readonly string[], offset?: number, start?: number) {
    const path = [vmsd, ...fields].join(".");
    super(`${code} at ${path}${offset === undefined ? "" : `, offset ${offset}`}`);
    this.code = code;
    this.path = path;
    this.vmsd = vmsd;
    this.fields = fields;
    this.offset = offset;
    this.start = start ?? offset;
  }
}

/** The field that is being read or written, and the vmsd or subsection that it belongs to. */
export interface Site {
  readonly vmsd: string;
  readonly field: string;
  /** Where it begins, on load. */
  readonly start?: number;
}

/** Does what concerns a nested vmsd; what that refuses is told from the outermost vmsd on. */
export function inside<T>(at: { site: Site; since?: number }, work: () => T): T {
  const { site, since } = at;
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(error.code, site.vmsd, [site.field, ...error.fields], error.offset, error.start);
    throw error;
  } finally {
    at.site = site;
    if (since !== undefined) at.since = since;
  }
}

/** Bytes that are read one after the other. */
export class Input {
  readonly program: Program;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at = 0;
  /** The byte before the list element that is being read. */
  marker = 0;
  /** The version from which on the field is on the wire: that at which a list's elements are read. */
  since = 0;
  site: Site = { vmsd: "", field: "" };
  /** Where each scalar begins that has been read. */
  starts: number[] = [];
  /** Notes what the bytes are, when that is asked. */
  tracer: Tracer | undefined;
  /** Reads a nested vmsd. */
  readonly nested: (id: string, versionId: number, properties: State, old: Value) => State;

  constructor(program: Program, bytes: Uint8Array, nested: Input["nested"]) {
    this.program = program;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.nested = nested;
  }

  /** Where `size` bytes begin, which are then behind. */
  take(size: number): number {
    if (this.at + size > this.bytes.length) throw this.refuse("truncated", this.at);
    const at = this.at;
    this.at += size;
    return at;
  }

  refuse(code: string, offset: number): Refusal {
    return new Refusal(code, this.site.vmsd, [this.site.field], offset, this.site.start);
  }
}

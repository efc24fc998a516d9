/** What the bytes of a vmsd's state are, at a version and for one state: FORMAT.md, stream trailer. */
export interface VmsdLayout {
  readonly vmsd: string;
  readonly version: number;
  readonly fields: readonly FieldLayout[];
  readonly subsections: readonly VmsdLayout[];
  /** Bytes of its fields and subsections, those with their headers. */
  readonly size: number;
}

export interface FieldLayout {
  readonly name: string;
  /** Its place in an array whose elements are described one by one. */
  readonly index?: number;
  readonly type: string;
  /** Elements that are alike; one unless it is an array. */
  readonly count: number;
  readonly isArray: boolean;
  /** Bytes of an element. */
  readonly size: number;
  /** What an element is made of; several where a list describes each of its elements within one field. */
  readonly inner: readonly VmsdLayout[];
}

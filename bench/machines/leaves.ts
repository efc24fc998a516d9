import type { FieldLayout, VmsdLayout } from "../../runtime/codec/layout.ts";

export interface Leaf {
  readonly path: string;
  readonly type: string;
  readonly at: number;
  readonly size: number;
}

/** Leaves whose bytes only code knows, to a description: what they are made of is the descriptor's to say. */
const OPAQUE: ReadonlySet<string> = new Set(["pci config", "pci irq state", "msix state", "virtio", "scsi-requests", "shpc", "tmp"]);

/** Today's name of a vmsd's field by the name that another build has for it. */
export type NameNow = (vmsd: string, field: string) => string;

/** What differs at one leaf. */
export interface Difference {
  readonly line: string;
  /** The descriptor's, when nothing but their kinds differ. */
  readonly otherKind?: Leaf;
}

/** What differs between the layout of a stream's own description and that of a descriptor, the first wrong leaf first. */
export function differencesOf(described: VmsdLayout | undefined, own: VmsdLayout | undefined, nameNow: NameNow): readonly Difference[] {
  const [theirs, ours] = [leavesOf(described, nameNow), leavesOf(own, nameNow)];
  const at = new Map(ours.map((leaf) => [leaf.at, leaf]));
  return theirs.flatMap((leaf): readonly Difference[] => {
    const other = at.get(leaf.at);
    if (OPAQUE.has(leaf.type) || isWhole(leaf, described))
      return ours.some(({ at: start }) => start === leaf.at) || leaf.size === 0 ? [] : [{ line: `${shown(leaf)} begins nowhere here` }];
    if (other === undefined) return [{ line: `${shown(leaf)} is not there` }];
    const line = `${shown(leaf)} is ${shown(other)}`;
    if (other.path !== leaf.path || other.size !== leaf.size) return [{ line }];
    return other.type === leaf.type ? [] : [{ line, otherKind: other }];
  });
}

/** A section of the old style: one leaf of all its bytes. */
function isWhole({ path, type, at, size }: Leaf, described: VmsdLayout | undefined): boolean {
  return at === 0 && path === "data" && type === "buffer" && size === described?.size;
}

function shown({ path, type, at, size }: Leaf): string {
  return `${path} (${type}, ${size} bytes at ${at})`;
}

/** The leaves that have bytes, in the stream's order, by the names that they have today. */
export function leavesOf(vmsd: VmsdLayout | undefined, nameNow: NameNow): readonly Leaf[] {
  const leaves: Leaf[] = [];
  if (vmsd !== undefined) walk(vmsd, "", 0, { leaves, nameNow });
  return leaves;
}

interface Walk {
  readonly leaves: Leaf[];
  readonly nameNow: NameNow;
}

function walk(vmsd: VmsdLayout, path: string, start: number, into: Walk): void {
  let at = start;
  for (const field of vmsd.fields)
    for (let n = 0; n < field.count; n++) {
      const own = `${path}${into.nameNow(vmsd.vmsd, plain(field.name))}`;
      leavesOfField(field, own, at, into);
      at += field.size;
    }
  for (const subsection of vmsd.subsections) {
    const head = 1 + 1 + subsection.vmsd.length + 4;
    walk(subsection, `${path}${subsection.vmsd}.`, at + head, into);
    at += head + subsection.size;
  }
}

function leavesOfField(field: FieldLayout, path: string, at: number, into: Walk): void {
  if (field.inner.length === 1 && field.inner[0]?.size === field.size && !OPAQUE.has(field.type))
    walk(field.inner[0], `${path}.`, at, into);
  else if (field.size > 0) into.leaves.push({ path, type: field.type, at, size: field.size });
}

/** A description numbers the fields that share a name, and those of an array that it has one by one. */
function plain(name: string): string {
  return name.replace(/\[\d+\]$/, "");
}

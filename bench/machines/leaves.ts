import type { FieldLayout, VmsdLayout } from "../../runtime/codec/layout.ts";

interface Leaf {
  readonly path: string;
  readonly type: string;
  readonly at: number;
  readonly size: number;
}

/** Leaves whose bytes only code knows, to a description: what they are made of is the descriptor's to say. */
const OPAQUE: ReadonlySet<string> = new Set(["pci config", "pci irq state", "msix state", "virtio", "scsi-requests", "shpc", "tmp"]);

/** Today's name of a vmsd's field by the name that another build has for it. */
export type NameNow = (vmsd: string, field: string) => string;

/** What differs between the layout of a stream's own description and that of a descriptor: a line for each leaf, the first wrong first. */
export function differencesOf(described: VmsdLayout | undefined, own: VmsdLayout | undefined, nameNow: NameNow): readonly string[] {
  const [theirs, ours] = [leavesOf(described, nameNow), leavesOf(own, nameNow)];
  const at = new Map(ours.map((leaf) => [leaf.at, leaf]));
  return theirs.flatMap((leaf) => {
    const other = at.get(leaf.at);
    if (OPAQUE.has(leaf.type) || isWhole(leaf, described))
      return ours.some(({ at: start }) => start === leaf.at) || leaf.size === 0 ? [] : [`${shown(leaf)} begins nowhere here`];
    if (other === undefined) return [`${shown(leaf)} is not there`];
    if (other.path !== leaf.path || !isSameType(other, leaf) || other.size !== leaf.size) return [`${shown(leaf)} is ${shown(other)}`];
    return [];
  });
}

/** Kinds that builds have changed, the bytes being the same. */
const CHANGED: readonly { readonly field: string; readonly types: readonly string[] }[] = [
  { field: "ahci.ports", types: ["int32 equal", "uint32 equal"] },
  { field: "watchdog_expired", types: ["bool", "uint8"] },
];

function isSameType(a: Leaf, b: Leaf): boolean {
  if (a.type === b.type) return true;
  return CHANGED.some(({ field, types }) => field === a.path && types.includes(a.type) && types.includes(b.type));
}

/** A section of the old style: one leaf of all its bytes. */
function isWhole({ path, type, at, size }: Leaf, described: VmsdLayout | undefined): boolean {
  return at === 0 && path === "data" && type === "buffer" && size === described?.size;
}

function shown({ path, type, at, size }: Leaf): string {
  return `${path} (${type}, ${size} bytes at ${at})`;
}

function leavesOf(vmsd: VmsdLayout | undefined, nameNow: NameNow): readonly Leaf[] {
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

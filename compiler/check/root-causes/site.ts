import { countOf } from "../align/slots.ts";
import type { Frame, Pair, Slot } from "../pair.ts";

/** Where a finding is, from the innermost description outwards. Equal in both directions for one and the same place. */
export interface Site {
  readonly label: string;
  /** Names of the descriptions from the innermost to the section's, each with the segment that leads into it. */
  readonly chain: readonly { readonly vmsd: string; readonly segment: string }[];
}

export function siteOf(pair: Pair): Site {
  switch (pair.on) {
    case "metadata":
      return { label: "", chain: [{ vmsd: "vmschkmachine", segment: "" }] };
    case "section": {
      const sides = [pair.from, pair.to].flatMap((side) => side?.section ?? []);
      const names = sides.flatMap(({ Description }) => Description?.name ?? []);
      return { label: "", chain: [{ vmsd: lesser(names.length > 0 ? names : sides.map(({ Name }) => Name)), segment: "" }] };
    }
    case "vmsd":
      return { label: "", chain: chainOf(pair.frame) };
    case "subsection":
      return { label: segmentOf((pair.from ?? pair.to)?.vmsd.name ?? "", pair.frame), chain: chainOf(pair.frame) };
    case "field":
      return { label: labelOf(pair.frame, pair.from, pair.to), chain: chainOf(pair.frame) };
  }
}

/** The path from the outermost description that all sites share, and that description's name. */
export function commonPath(sites: readonly Site[]): { vmsd: string; path: string } {
  const [first, ...rest] = sites;
  if (first === undefined) return { vmsd: "", path: "" };
  let depth = 0;
  const shared = (at: number): boolean => {
    const [here, above] = [first.chain[at], first.chain[at + 1]];
    return above !== undefined && rest.every(({ chain }) => chain[at]?.segment === here?.segment && chain[at + 1]?.vmsd === above.vmsd);
  };
  while (shared(depth)) depth++;
  const vmsd = first.chain[depth]?.vmsd ?? "";
  const segments = first.chain.slice(0, depth).map(({ segment }) => segment);
  return { vmsd, path: [vmsd, ...segments.reverse(), first.label].filter((segment) => segment !== "").join("/") };
}

function chainOf(frame: Frame): Site["chain"] {
  const chain = [];
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
    const segment = at.kind === "subsection" && at.parent !== undefined ? segmentOf(at.via, at.parent) : at.via;
    chain.push({ vmsd: lesser([at.from.vmsd.name, at.to.vmsd.name]), segment });
  }
  return chain;
}

/** A subsection is named after its parent; the path says that name once: `serial/recv_fifo`, not `serial/serial/recv_fifo`. */
function segmentOf(subsection: string, parent: Frame): string {
  const prefix = `${lesser([parent.from.vmsd.name, parent.to.vmsd.name])}/`;
  return subsection.startsWith(prefix) ? subsection.slice(prefix.length) : subsection;
}

/** The lesser of the two sides' names, so that old and new can trade places; numbered when a list repeats a name. */
function labelOf(frame: Frame, from: readonly Slot[], to: readonly Slot[]): string {
  const label = lesser([from[0]?.label ?? "", to[0]?.label ?? ""]);
  const nth = Math.min(occurrence(frame.from.vmsd.Fields, from[0]), occurrence(frame.to.vmsd.Fields, to[0]));
  return nth > 0 && Number.isFinite(nth) ? `${label}[${nth}]` : label;
}

function occurrence(fields: Frame["from"]["vmsd"]["Fields"], slot: Slot | undefined): number {
  if (slot === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(0, (fields ?? []).filter(({ field }) => field === slot.field.field).indexOf(slot.field));
}

function lesser(names: readonly string[]): string {
  return names.reduce((least, name) => (name !== "" && (least === "" || name < least) ? name : least), "");
}

/** What one side has at the place, for telling apart findings that share a path. */
export function shapeOf(slots: readonly Slot[]): string {
  return slots
    .map((slot) => {
      const { field, version_id, size, kind, Description: inner } = slot.field;
      const content = inner === undefined ? `${size}` : `{${inner.name} ${inner.version_id}}`;
      return `${field}:${content}x${countOf(slot) ?? "?"}${slot.conditional ? "?" : ""}v${version_id}${kind ?? ""}`;
    })
    .join("+");
}

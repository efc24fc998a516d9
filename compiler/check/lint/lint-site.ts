import type { Site } from "../root-causes/site.ts";
import type { FieldNode, LintNode, VmsdNode } from "./lint-rule.ts";

/** Where a node is, from the innermost description outwards, so that one shared description is one place. */
export function lintSite(node: LintNode): Site {
  switch (node.on) {
    case "section":
      return { label: "", chain: [{ vmsd: node.section.Description?.name ?? node.type, segment: "" }] };
    case "vmsd":
      return node.kind === "subsection" && node.parent !== undefined
        ? { label: segmentOf(node), chain: chainOf(node.parent) }
        : { label: "", chain: chainOf(node) };
    case "field":
      return { label: labelOf(node), chain: chainOf(node.parent) };
  }
}

/** What stands at the node, to tell apart findings that share a place. */
export function lintShape(node: LintNode): string {
  switch (node.on) {
    case "section":
      return `${node.type} ${node.section.Name} ${node.section.version_id}>=${node.section.minimum_version_id}`;
    case "vmsd":
      return `${node.vmsd.name} ${node.vmsd.version_id}>=${node.vmsd.minimum_version_id}`;
    case "field":
      return `${node.field.version_id} ${node.field.field_exists} of ${node.parent.vmsd.version_id}`;
  }
}

function chainOf(node: VmsdNode): Site["chain"] {
  const chain = [];
  for (let at: VmsdNode | undefined = node; at !== undefined; at = at.parent) chain.push({ vmsd: at.vmsd.name, segment: segmentOf(at) });
  return chain;
}

/** As in a check's paths a subsection that is named after its parent says that name once. */
function segmentOf({ kind, via, parent }: VmsdNode): string {
  const prefix = `${parent?.vmsd.name}/`;
  return kind === "subsection" && via.startsWith(prefix) ? via.slice(prefix.length) : via;
}

function labelOf({ field, index, parent }: FieldNode): string {
  const nth = (parent.vmsd.Fields ?? []).slice(0, index).filter(({ field: name }) => name === field.field).length;
  return nth > 0 ? `${field.field}[${nth}]` : field.field;
}

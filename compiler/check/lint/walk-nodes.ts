import { type Metadata, pointerSegment } from "../../describe/index.ts";
import type { LintNode, SectionNode, VmsdNode } from "./lint-rule.ts";

/** Calls back for every section, description and field of a file, parents first, in the file's order. */
export function walkNodes(metadata: Metadata, visit: (node: LintNode) => void): void {
  for (const [type, section] of metadata.sections) {
    const owner: SectionNode = { on: "section", type, section, origin: metadata.origin, pointer: pointerSegment(type) };
    visit(owner);
    const vmsd = section.Description;
    if (vmsd === undefined) continue;
    const pointer = `${owner.pointer}/Description`;
    walkVmsd({ on: "vmsd", kind: "section", vmsd, via: "", index: 0, parent: undefined, owner, pointer }, visit);
  }
}

function walkVmsd(node: VmsdNode, visit: (node: LintNode) => void): void {
  visit(node);
  const { vmsd, owner, pointer } = node;
  vmsd.Fields?.forEach((field, index) => {
    const place = `${pointer}/Fields/${index}`;
    visit({ on: "field", field, index, parent: node, pointer: place });
    const inner = field.Description;
    if (inner === undefined) return;
    walkVmsd(
      { on: "vmsd", kind: "struct", vmsd: inner, via: field.field, index: 0, parent: node, owner, pointer: `${place}/Description` },
      visit,
    );
  });
  vmsd.Subsections?.forEach((inner, index) => {
    walkVmsd(
      {
        on: "vmsd",
        kind: "subsection",
        vmsd: inner,
        via: inner.name,
        index,
        parent: node,
        owner,
        pointer: `${pointer}/Subsections/${index}`,
      },
      visit,
    );
  });
}

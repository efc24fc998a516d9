import type { SectionItem, StartItem } from "../item.ts";
import type { Contents } from "./contents.ts";
import { diffSection, type Refuses, versionDifference } from "./diff-section.ts";
import type { Differs, Side } from "./difference.ts";

/**
 * What differs between what two streams hold: container, devices in the order of `a`, RAM. Section ids, how often a page was sent and in
 * which form, and the text of descriptions are how a state is told, and no difference.
 */
export function diffStreams(a: Contents, b: Contents, differs: Differs, refuses: Refuses): void {
  diffContainer(a, b, differs);
  for (const [key, section] of a.sections) {
    const other = b.sections.get(key);
    if (other === undefined) only("a", section, differs);
    else diffSection(section, other, differs, refuses);
  }
  for (const [key, section] of b.sections) if (!a.sections.has(key)) only("b", section, differs);
  diffParts(a, b, differs);
  if (a.ram !== undefined && b.ram !== undefined) a.ram.diff(b.ram, differs);
}

function diffParts(a: Contents, b: Contents, differs: Differs): void {
  for (const [key, { item, contents }] of a.parts) {
    const other = b.parts.get(key);
    if (other === undefined) {
      only("a", { item }, differs);
      continue;
    }
    if (item.version !== other.item.version) differs(versionDifference(item, other.item));
    contents.diff(other.contents, item.name, differs);
  }
  for (const [key, part] of b.parts) if (!a.parts.has(key)) only("b", part, differs);
}

function diffContainer(a: Contents, b: Contents, differs: Differs): void {
  for (const what of new Set([...a.container.keys(), ...b.container.keys()])) {
    const [one, other] = [a.container.get(what) ?? null, b.container.get(what) ?? null];
    if (JSON.stringify(one) !== JSON.stringify(other)) differs({ difference: "container", what, a: one, b: other });
  }
}

function only(side: Side, { item: { name, instance, at, bytes } }: { readonly item: SectionItem | StartItem }, differs: Differs): void {
  differs({ difference: "section", section: name, instance, only: side, at, bytes });
}

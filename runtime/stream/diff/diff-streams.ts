import type { Contents } from "./contents.ts";
import { diffSection, type Refuses } from "./diff-section.ts";
import type { Differs, Side } from "./difference.ts";
import type { KeptSection } from "./section-state.ts";

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
}

function diffContainer(a: Contents, b: Contents, differs: Differs): void {
  for (const what of new Set([...a.container.keys(), ...b.container.keys()])) {
    const [one, other] = [a.container.get(what) ?? null, b.container.get(what) ?? null];
    if (JSON.stringify(one) !== JSON.stringify(other)) differs({ difference: "container", what, a: one, b: other });
  }
}

function only(side: Side, { item: { name, instance, at, bytes } }: KeptSection, differs: Differs): void {
  differs({ difference: "section", section: name, instance, only: side, at, bytes });
}

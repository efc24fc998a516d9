/** An XML element without its text: nothing that names a device stands in text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
}

/**
 * The value at a place of an element: `child/grandchild@attribute`, "" when absent; without an attribute "yes" when the child
 * is there. Of several children of one name the first counts.
 */
export function valueAt(element: XmlElement, place: string): string {
  const [way = "", attribute] = place.split("@");
  let at: XmlElement | undefined = element;
  for (const step of way.split("/").filter(Boolean)) at = at?.children.find(({ name }) => name === step);
  if (attribute === undefined) return at === undefined ? "" : "yes";
  return at?.attributes.get(attribute) ?? "";
}

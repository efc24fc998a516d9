import type { Conditions, ElementModels, Outcome } from "./libvirt-models.ts";
import { valueAt, type XmlElement } from "./xml-tree.ts";

/** What places resolve to within one element, after what libvirt assumes. */
export type Lookup = (place: string) => string;

/** `facts` answer for places that begin with $, which hold for the whole domain. */
export function lookupOf(element: XmlElement, rule: ElementModels | undefined, facts: Readonly<Record<string, string>>): Lookup {
  const assumed = new Map<string, string>();
  const look = (place: string): string => assumed.get(place) ?? facts[place] ?? valueAt(element, place);
  for (const { when, set } of rule?.assume ?? []) {
    if (holds(when, look)) for (const [place, value] of Object.entries(set)) assumed.set(place, value);
  }
  return look;
}

/** What an element stands for; undefined when the models do not know it. */
export function outcomeOf(rule: ElementModels, look: Lookup): Outcome | undefined {
  const row = rule.rows?.find(({ when }) => holds(when, look));
  if (row !== undefined) return row;
  const key = Object.values(rule.by).map(look).join(" ").trimEnd();
  const types = Object.hasOwn(rule.models, key) ? rule.models[key] : undefined;
  return types === undefined ? undefined : { types };
}

export function holds(when: Conditions, look: Lookup): boolean {
  return Object.entries(when).every(([place, wanted]) => {
    const value = look(place);
    return typeof wanted === "string" ? accepts(wanted, value) : wanted.some((one) => accepts(one, value));
  });
}

/** Whether a value is the pattern, or begins with what stands before its *. */
export function accepts(pattern: string, value: string): boolean {
  return pattern.endsWith("*") ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
}

/** Such as: interface model 'foo'; disk bus 'xen', device 'disk'; rng without a model. */
export function describe(name: string, rule: ElementModels, look: Lookup): string {
  const values = Object.entries(rule.by).map(([word, place]) => ({ word, value: look(place) }));
  const given = values.filter(({ value }) => value !== "");
  if (given.length === 0) return `${name} without a ${values.map(({ word }) => word).join(" or ")}`;
  return `${name} ${given.map(({ word, value }) => `${word} '${value}'`).join(", ")}`;
}

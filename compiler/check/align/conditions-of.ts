import type { Pair } from "../pair.ts";
import { mayBeAbsent } from "./nested-slots.ts";

/** What must hold for the bytes of a pair to be on the wire: conditional fields and subsections, by name. */
export function conditionsOf(pair: Pair): readonly string[] {
  switch (pair.on) {
    case "metadata":
    case "section":
      return [];
    case "vmsd":
      return pair.frame.conditions;
    case "subsection": {
      const vmsd = (pair.from ?? pair.to)?.vmsd;
      return vmsd === undefined || vmsd.decided === "present" ? pair.frame.conditions : [...pair.frame.conditions, vmsd.name];
    }
    case "field": {
      const own = [...pair.from, ...pair.to].filter(mayBeAbsent).map((slot) => slot.label);
      return own.length === 0 ? pair.frame.conditions : [...new Set([...pair.frame.conditions, ...own])];
    }
  }
}

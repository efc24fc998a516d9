import type { FieldValue } from "../../runtime/stream/description/values.ts";
import type { Difference, FieldDifference, Place } from "../../runtime/stream/diff/difference.ts";
import { printable } from "./render-summary.ts";

/** A difference as a line for people. */
export function differenceLine(difference: Difference): string {
  return `${printable(textOf(difference))}\n`;
}

function textOf(difference: Difference): string {
  switch (difference.difference) {
    case "container":
      return `${difference.what}: ${JSON.stringify(difference.a)} -> ${JSON.stringify(difference.b)}`;
    case "section":
    case "subsection": {
      const { only, at, bytes } = difference;
      return `${pathOf(difference)}: only in ${only.toUpperCase()}, ${count(bytes, "byte")} at ${at}`;
    }
    case "version":
      return `${pathOf(difference)}: version ${difference.a.value} -> ${difference.b.value}, ${offsets(difference)}`;
    case "field":
      return `${pathOf(difference)}${offsetIn(difference)}: ${valuesOf(difference)}, ${offsets(difference)}`;
    case "block": {
      const { block, what, a, b } = difference;
      if (what === "only") return `RAM ${block}: only in ${a === null ? "B" : "A"}, ${a ?? b} bytes`;
      return `RAM ${block}: ${what} ${a} -> ${b}`;
    }
    case "pages": {
      const { block, offset, pages, pageSize } = difference;
      return `RAM ${block}: ${count(pages, "page")} from 0x${offset.toString(16)} to 0x${(offset + pages * pageSize).toString(16)}`;
    }
    case "part": {
      const { section, what, a, b } = difference;
      return `${section}: ${what}, ${offsets({ ...(a === null ? {} : { a: { at: a } }), ...(b === null ? {} : { b: { at: b } }) })}`;
    }
  }
}

/** As --set takes it. */
function pathOf({ section, instance, path }: { readonly section: string; readonly instance: number; readonly path?: string }): string {
  return `${section}${instance === 0 ? "" : `:${instance}`}${path === undefined || path === "" ? "" : `/${path}`}`;
}

function offsetIn({ offset, path }: FieldDifference): string {
  return `${path === "" ? " between fields" : ""}${offset === undefined ? "" : ` byte ${offset}`}`;
}

function valuesOf({ type, a, b }: FieldDifference): string {
  if (a === undefined || b === undefined) return `only in ${a === undefined ? "B" : "A"}, ${type} ${show((a ?? b)?.value ?? 0)}`;
  const values = `${show(a.value)} -> ${show(b.value)}`;
  return b.name === undefined ? `${type} ${values}` : `named ${b.name} in B, ${type} ${values}`;
}

const LONGEST = 40;

function show(value: FieldValue): string {
  const text = `${value}`;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

function offsets({ a, b }: { readonly a?: Pick<Place, "at">; readonly b?: Pick<Place, "at"> }): string {
  if (a === undefined || b === undefined) return `at ${(a ?? b)?.at}`;
  return a.at === b.at ? `at ${a.at}` : `at ${a.at} and ${b.at}`;
}

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

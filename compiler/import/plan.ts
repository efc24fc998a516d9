import type { Scalar } from "../ir.ts";
import type { Doc } from "./doc.ts";
import type { BodyFacts, FieldFacts, VmsdFacts } from "./facts.ts";
import type { Family } from "./family.ts";

/** One vmsd as it is to be written, or to be completed. */
export interface VmsdPlan {
  readonly facts: VmsdFacts;
  readonly bodies: readonly BodyPlan[];
  /** Flags for subsections of which nothing says when they are sent. */
  readonly flags: readonly FlagPlan[];
  /** Properties of its own that other values are known of than those that the vmsds within give. */
  readonly overrides: readonly PropertyPlan[];
}

export interface BodyPlan {
  readonly facts: BodyFacts;
  readonly fields: readonly FieldPlan[];
  readonly marks: readonly string[];
}

export interface FieldPlan {
  readonly facts: FieldFacts;
  readonly key: string;
  readonly kind: Kind;
  /** Sentences about what the metadata does not say. */
  readonly marks: readonly string[];
  /** A predicate over properties, where something other than the version decides. */
  readonly exists: string | undefined;
  readonly properties: readonly PropertyPlan[];
}

export interface FlagPlan {
  readonly key: string;
  readonly subsection: string;
}

export interface PropertyPlan {
  readonly name: string;
  readonly value: Scalar;
  /** What one device's streams say it is; undefined where they say nothing. */
  readonly valueIn: (section: Family) => Scalar | undefined;
}

/** A kind as a call of the language's words, with the vmsds that it names; made into text where the names are known. */
export type Kind =
  | { readonly is: "word"; readonly word: string }
  | { readonly is: "call"; readonly word: string; readonly args: readonly Argument[] };

export type Argument = Kind | { readonly is: "vmsd"; readonly family: Family } | { readonly is: "text"; readonly text: string };

export function word(name: string): Kind {
  return { is: "word", word: name };
}

export function call(name: string, ...args: readonly (Argument | string | number)[]): Kind {
  return {
    is: "call",
    word: name,
    args: args.map((each) => (typeof each === "object" ? each : { is: "text", text: JSON.stringify(each) })),
  };
}

export function text(source: string): Argument {
  return { is: "text", text: source };
}

/** The kind as source text, for whoever knows how words and vmsds are called where it stands. */
export function kindDoc(kind: Argument, wordText: (word: string) => string, vmsdText: (family: Family) => string): Doc {
  if (kind.is === "text") return kind.text;
  if (kind.is === "vmsd") return vmsdText(kind.family);
  if (kind.is === "word") return wordText(kind.word);
  const name = wordText(kind.word);
  const args = kind.args.map((each) => kindDoc(each, wordText, vmsdText));
  const isBroken = args.length > 1 && kind.args.some((each) => each.is === "call" && each.args.some(isArrow));
  if (isBroken) return { call: name, args };
  const texts = args.map((each) => (typeof each === "string" ? each : undefined));
  return texts.includes(undefined) ? { call: name, args } : `${name}(${texts.join(", ")})`;
}

function isArrow(argument: Argument): boolean {
  return argument.is === "text" && argument.text.includes("=>");
}

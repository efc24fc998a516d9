import type { Node } from "ts-morph";

/** What the reader refuses, by code, whatever the descriptor means. What it says of the meaning is in `lint/`. */
export const REFUSALS = {
  syntax: "the file is not TypeScript",
  "unresolved-import": "an imported file does not exist, or is no TypeScript",
  "not-exported": "a vmsd or a machine type is an exported constant, and nothing else",
  "duplicate-export": "an export's name is the id of what it describes, so that two files may not share one",
  "not-literal": "descriptors are literals: no spread, computed key, method or call",
  "unknown-option": "a key that the language does not have",
  "missing-option": "a key or an argument that must be there",
  "duplicate-key": "one key twice in an object",
  "unknown-key": "a key of exists, absent, validate or formerly that is no field beside it",
  "ordered-key": "a key that JavaScript moves to the front, or takes for something else",
  "wrong-type": "a value of another type, or outside what is sensible there",
  "missing-max": "a size that is not fixed has a largest value",
  "max-out-of-range": "a max is a positive integer of at most 2^32",
  "unknown-name": "a name that is declared nowhere",
  "not-constant": "a value that is not known when it is compiled",
  "not-a-vmsd": "something else where a vmsd is asked for",
  "not-a-machine": "something else where a machine type is asked for",
  "not-a-kind": "something else where a field's kind is asked for",
  "misplaced-wrapper": "named and since stand around a whole field",
  "predicate-form": "a predicate is one arrow with an expression",
  "expression-call": "an expression calls something that is not pure",
  "expression-operator": "an operator that the language does not have",
  "expression-form": "an expression that the language does not have",
  "unknown-field": "a predicate or a count asks for a field that is not there",
  "unknown-property": "an expression or a table names a property that is not declared",
  recursion: "a constant or a function that needs itself",
  "struct-cycle": "a struct that holds itself",
  "absent-value": "an absent value of another type or size than its field",
  "unknown-binding": "a binding for a property that the inner vmsd does not have",
  "property-conflict": "two meanings of one property's name",
  "unknown-subsection": "a subsection's or a field's subsection is not there",
  "subsection-cycle": "subsections that are nested in each other",
  "machine-cycle": "a machine type that inherits from itself",
  "duplicate-machine-name": "one name for two machine types",
  "unknown-vmsd": "a machine type speaks of a vmsd that is not there",
  "unknown-machine-property": "a machine type sets a property that its vmsd does not have",
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** Thrown where something is refused and caught where the next thing can still be read; see `attempt`. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  readonly node: Node;

  constructor(code: RefusalCode, node: Node, sentence: string) {
    super(sentence);
    this.code = code;
    this.node = node;
  }
}

export function refuse(code: RefusalCode, node: Node, sentence: string): never {
  throw new Refusal(code, node, sentence);
}

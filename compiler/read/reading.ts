import type { CallExpression, Node, VariableDeclaration } from "ts-morph";
import type { MachineIr, Place, VmsdIr } from "../ir.ts";
import type { Resolve } from "./definition.ts";
import type { Report } from "./report.ts";

/** An exported `vmsd(...)` or `machine(...)`. */
export interface Declared {
  readonly is: "vmsd" | "machine";
  /** The name of its export. */
  readonly id: string;
  readonly declaration: VariableDeclaration;
  readonly call: CallExpression;
}

/** Parts of a description that are written in a table of their own. */
export type Part =
  | "name"
  | "versionId"
  | "minimumVersionId"
  | "needed"
  | "exists"
  | "absent"
  | "validate"
  | "formerly"
  | "kind"
  | "container";

/** Where the parts of a piece of the intermediate form were written, by that piece. */
export type Places = Map<object, Partial<Record<Part, Place>>>;

/** What the readers share while they read. */
export interface Reading {
  readonly report: Report;
  readonly resolve: Resolve;
  readonly places: Places;
  readonly declared: ReadonlyMap<Node, Declared>;
  /** Reads a vmsd that something holds, before it is finished itself. Undefined when nothing of it could be read. */
  readonly vmsd: (declared: Declared, from: Node) => VmsdIr | undefined;
  readonly machine: (declared: Declared, from: Node) => MachineIr | undefined;
  /** Those that are finished, each after those that it holds. */
  readonly vmsds: Map<string, VmsdIr>;
}

import type { ReadWire } from "./context.ts";
import { readPreempt } from "./continued.ts";
import { readReturnPath } from "./return-path.ts";

/** Connections of a migration that nothing at their beginning tells apart. */
export type Wire = "return-path" | "preempt" | "recovery";

/** Readers of those that have no sections: a recovery goes on as the main connection does. */
export const WIRES: Readonly<Record<Exclude<Wire, "recovery">, () => ReadWire>> = {
  "return-path": readReturnPath,
  preempt: readPreempt,
};

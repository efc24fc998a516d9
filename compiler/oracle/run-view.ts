import type { View } from "../../runtime/codec/v1.ts";
import { emitView } from "../emit/view-module.ts";
import type { VmsdIr } from "../ir.ts";
import type { Program } from "../kinds/kind.ts";
import { RUNTIME, runModule } from "./run-codec.ts";

type State = { [key: string]: unknown };

/** Source text of every vmsd's view by the name of its module. A view takes nothing of its codec but a type. */
export function viewSourcesOf(vmsds: Readonly<Record<string, VmsdIr>>, program: Program): Record<string, string> {
  const paths = { runtime: RUNTIME, codec: (id: string) => `./${id}`, view: (id: string) => `./${id}.view` };
  return Object.fromEntries(Object.values(vmsds).map((vmsd) => [`${vmsd.id}.view`, emitView(vmsd, program, paths)]));
}

/** Compiles the views and gives that of `id`. */
export function runView(sources: Readonly<Record<string, string>>, id: string): View<State> {
  return runModule<{ view: View<State> }>(sources, `${id}.view`).view;
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Ir } from "../compiler/ir.ts";

/** Beside the bundles, or in the folder of what is generated. */
const PLACES = ["machines.json", "../machines/gen/ir.json"];

/** The machine types that come with this tool, as the compiler read them. */
export function builtInMachines(): Ir {
  const path = PLACES.map((place) => join(import.meta.dirname, place)).find((each) => existsSync(each));
  return path === undefined ? { vmsds: {}, machines: {} } : (JSON.parse(readFileSync(path, "utf8")) as Ir);
}

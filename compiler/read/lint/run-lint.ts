import type { Ir } from "../../ir.ts";
import type { Places } from "../reading.ts";
import type { Finding } from "../schema-error.ts";

export function lint(_ir: Ir, _places: Places, _sound: ReadonlySet<string>): Finding[] {
  return [];
}

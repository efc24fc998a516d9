import { type Code, raw } from "../../code/code.ts";
import type { At } from "../kind.ts";

/** Where in the view or in the bytes: `base + offset`. */
export function place({ base, offset }: At, more = 0): Code {
  const sum = offset + more;
  if (base === "") return raw(String(sum));
  return raw(sum === 0 ? base : `${base} + ${sum}`);
}

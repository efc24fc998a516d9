import type { At } from "../kinds/kind.ts";
import { type Code, raw } from "./code.ts";

/** Where in the view or in the bytes: `base + offset`. */
export function place({ base, offset }: At, more = 0): Code {
  const sum = offset + more;
  if (base === "") return raw(String(sum));
  return raw(sum === 0 ? base : `${base} + ${sum}`);
}

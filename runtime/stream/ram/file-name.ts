import { createHash } from "node:crypto";

/** Longest name of a file that every system takes, but for the suffix. */
const LONGEST = 200;

/**
 * The name of the file that holds a block of RAM. A byte of the block's name that is no lower-case letter, digit, `-`, `_` or `.`, and a `.`
 * at its start, is `%` and two hex digits: `/rom@etc/acpi/tables` becomes `%2from%40etc%2facpi%2ftables.raw`. A name that gets too long is cut
 * and ends in `~` and a hash of the whole. So no name leaves its folder, and no two become one, also where upper and lower case are the same.
 */
export function fileOfBlock(name: string): string {
  if (name === "") return "%.raw";
  const encoded = name.replace(/^\.|[^a-z0-9._-]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
  if (encoded.length <= LONGEST) return `${encoded}.raw`;
  const hash = createHash("sha256").update(name, "latin1").digest("hex").slice(0, 32);
  return `${encoded.slice(0, LONGEST - hash.length - 1)}~${hash}.raw`;
}

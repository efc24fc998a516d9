import { InputError } from "../../describe/index.ts";
import type { Scope } from "../compare.ts";
import { readList } from "./read-list.ts";
import { isQtree, readQtree } from "./read-qtree.ts";

/**
 * The devices of a VM from any text of SCOPE_SOURCES but a stream; the content tells which it is. `path` only names the input.
 * Throws InputError when the text is empty, malformed or none of them.
 */
export async function readScope(text: string, path: string): Promise<Scope> {
  // An order mark is blanked, not cut, so that positions stay those of the file.
  const plain = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  const start = plain.trimStart();
  if (start === "") throw new InputError("EMPTY", path, "The file is empty; it should say what devices the VM has.");
  if (start.startsWith("<")) return (await import("./libvirt.ts")).readLibvirt(text, path);
  if (start.startsWith("{") || start.startsWith("[")) return (await import("./read-qmp.ts")).readQmp(plain, path);
  if (isQtree(plain)) return readQtree(plain);
  return readList(plain, path);
}

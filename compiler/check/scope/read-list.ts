import { InputError, Source } from "../../describe/index.ts";
import type { Scope } from "../compare.ts";
import { newScope } from "./new-scope.ts";

/** Real names hold letters, digits and `._+-`; a few old ones hold one space ("ICH9 SMB"), which prose soon exceeds. */
const TYPE = /^[A-Za-z0-9][\w.+-]*(?: [\w.+-]+)?$/;

/**
 * Reads a list of QOM types: one or several a line with commas between them, `#` comments, blank lines.
 * Throws InputError NOT_A_SCOPE at the first word that cannot be a type, EMPTY when there is none.
 */
export function readList(text: string, path: string): Scope {
  const types: string[] = [];
  let offset = 0;
  for (const line of text.split("\n")) {
    const [content = ""] = line.split("#", 1);
    let at = offset;
    for (const part of content.split(",")) {
      const type = part.trim();
      if (type !== "" && !TYPE.test(type)) throw notAScope(text, path, type, at + part.indexOf(type));
      if (type !== "") types.push(type);
      at += part.length + 1;
    }
    offset += line.length + 1;
  }
  if (types.length === 0) throw new InputError("EMPTY", path, "The list names no device type.");
  return newScope("list", types);
}

function notAScope(text: string, path: string, found: string, offset: number): InputError {
  const shown = JSON.stringify(found.length > 40 ? `${found.slice(0, 40)}…` : found);
  return new InputError(
    "NOT_A_SCOPE",
    path,
    `This is no description of a VM: ${shown} is not a device type, and the file is neither \`info qtree\` output, a libvirt domain nor JSON.`,
    new Source(path, text, text.length, () => "").positionAt(offset),
  );
}

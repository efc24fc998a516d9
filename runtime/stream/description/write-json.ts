import { isMembers, type Json } from "./json.ts";

/** How a description is laid out: QEMU 5.2 puts blanks inside brackets and before colons, later ones do not. Both are one line. */
export type Style = "spaced" | "compact";

interface Marks {
  readonly open: string;
  readonly close: string;
  readonly colon: string;
}

const MARKS: Readonly<Record<Style, Marks>> = {
  spaced: { open: " ", close: " ", colon: " : " },
  compact: { open: "", close: "", colon: ": " },
};

export function styleOf(text: string): Style {
  return /^\{\s/.test(text) ? "spaced" : "compact";
}

/** Writes a description as QEMU does, with keys as often as they stand there; of its own text nothing changes. */
export function writeJson(json: Json, style: Style): string {
  const { open, close, colon } = MARKS[style];
  const parts: string[] = [];
  const list = <T>(brackets: string, elements: readonly T[], each: (element: T) => void): void => {
    parts.push(brackets.charAt(0), open);
    for (const [nth, element] of elements.entries()) {
      if (nth > 0) parts.push(", ");
      each(element);
    }
    parts.push(close, brackets.charAt(1));
  };
  const write = (value: Json): void => {
    if (isMembers(value))
      list("{}", value.list, ([key, member]) => {
        parts.push(quoted(key), colon);
        write(member);
      });
    else if (Array.isArray(value)) list("[]", value as readonly Json[], write);
    else parts.push(typeof value === "string" ? quoted(value) : JSON.stringify(value));
  };
  write(json);
  return parts.join("");
}

/** A text has a character a byte; one beyond was an escape, and is again. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[^\0-\xff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

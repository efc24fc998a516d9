import type { Scope } from "../compare.ts";
import { newScope } from "./new-scope.ts";

const DEVICE = "dev: ";

/** True for the text of the monitor's `info qtree`, whatever stands around it. */
export function isQtree(text: string): boolean {
  return /^[ \t]*dev: \S/m.test(text);
}

/** Reads the devices of the monitor's `info qtree`, nested buses included. Prompt, echo and properties between them do not matter. */
export function readQtree(text: string): Scope {
  const lines = text.split("\n").map((line) => line.trim());
  return newScope(
    "qtree",
    lines.filter((line) => line.startsWith(DEVICE)).map((line) => typeOf(line.slice(DEVICE.length))),
  );
}

/** A type may hold a comma of its own, so it ends where the id begins. */
function typeOf(device: string): string {
  const end = device.indexOf(', id "');
  return (end < 0 ? device : device.slice(0, end)).trim();
}

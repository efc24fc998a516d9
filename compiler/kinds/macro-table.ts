import { MACROS, type MacroRow } from "./macros.ts";

/** The table of macros as Markdown, for the README. */
export function macroTable(): string {
  const rows = MACROS.flatMap(({ title, rows }) => [`| **${title}** | |`, ...rows.map(rowOf)]);
  return ["| `VMSTATE_…` | here |", "|---|---|", ...rows].join("\n");
}

function rowOf({ macros, counterpart }: MacroRow): string {
  return `| ${macros.map((name) => `\`${name}\``).join(" ")} | ${counterpart.replaceAll("|", "\\|")} |`;
}

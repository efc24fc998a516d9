/** Two lists beside each other, or one below the other where the columns do not suffice. */
export function sideBySide(left: readonly string[], right: readonly string[], columns: number, indent: string): string[] {
  const width = widest(left);
  if (indent.length + width + GAP.length + widest(right) > columns)
    return [...left, "", ...right].map((line) => `${indent}${line}`.trimEnd());
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) =>
    `${indent}${(left[at] ?? "").padEnd(width)}${GAP}${right[at] ?? ""}`.trimEnd(),
  );
}

const GAP = "    ";

function widest(lines: readonly string[]): number {
  return Math.max(0, ...lines.map((line) => line.length));
}

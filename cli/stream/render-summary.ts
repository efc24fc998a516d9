import type { BlockSummary, SectionSummary, Summary } from "../../runtime/stream/summary.ts";

/** The id of what `info --format json` prints; within /1 keys are added, never renamed. */
const INFO_SCHEMA = "vmstate-stream-info/1";
const BIGGEST = 10;

export function summaryJson({ machine, bytes, container, capabilities, commands, sections, blocks, problems }: Summary): object {
  return {
    schema: INFO_SCHEMA,
    machine: machine === undefined ? null : { name: machine, inferred: false },
    bytes,
    container,
    capabilities,
    commands,
    sections,
    blocks: [...blocks.values()],
    problems: problems.map(({ code, at, path, message }) => ({ code, at, path, message })),
  };
}

export function renderSummary(summary: Summary, isAll: boolean): string {
  const { machine, bytes, container, capabilities, commands, sections, blocks } = summary;
  const shown = [...sections].sort((a, b) => b.bytes - a.bytes).slice(0, isAll ? undefined : BIGGEST);
  const carried = Object.entries(container).flatMap(([name, has]) => (has ? [name] : []));
  const lines = [
    `machine       ${machine ?? "not named in the stream"}`,
    `carries       ${carried.length === 0 ? "neither configuration nor footers nor description" : carried.join(", ")}`,
    ...(capabilities.length === 0 ? [] : [`capabilities  ${capabilities.join(", ")}`]),
    ...(commands.length === 0 ? [] : [`commands      ${commands.join(", ")}`]),
    `bytes         ${bytes.total} = ${bytes.ram} RAM + ${bytes.decoded} devices + ${bytes.opaque} opaque + ${bytes.container} container`,
    "",
    ...(blocks.size === 0 ? [] : [...table(RAM_HEAD, [...blocks.values()].map(blockRow)), ""]),
    ...table(["section", "instance", "version", "bytes", "parts", "its end is told by"], shown.map(sectionRow)),
    ...(shown.length < sections.length ? [`and ${sections.length - shown.length} more; --all shows them`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

const RAM_HEAD = ["RAM block", "length", "zero", "pages", "xbzrle", "compressed", "sent again", "bytes"];

function blockRow({ name, length, pages, resent, bytes }: BlockSummary): string[] {
  const { zero, page, mapped, xbzrle, compressed } = pages;
  return [name, ...[length, zero, page + mapped, xbzrle, compressed, resent ?? "?", bytes].map(String)];
}

function sectionRow({ name, instance, version, bytes, parts, framing }: SectionSummary): string[] {
  return [name, `${instance}`, `${version}`, `${bytes}`, `${parts}`, framing ?? "its own format"];
}

/** Words to the left, numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows].map((row) => row.map(printable));
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  const isNumber = head.map((_, column) => rows.length > 0 && rows.every((row) => /^\d*\??$/.test(row[column] ?? "")));
  const cell = (text: string, column: number): string =>
    isNumber[column] === true ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return all.map((row) => row.map(cell).join("  ").trimEnd());
}

/** Names come from outside: what would move a terminal's cursor is shown as what it is. */
export function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

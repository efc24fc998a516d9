import type { Wire } from "../../runtime/stream/read/wires.ts";
import type { MachineFound } from "../../runtime/stream/section-codec.ts";
import type { BlockSummary, SectionSummary, Summary } from "../../runtime/stream/summary.ts";
import { wireJson, wireLines } from "./render-wire.ts";

/** The id of what `info --format json` prints; within /1 keys are added, never renamed. */
const INFO_SCHEMA = "vmstate-stream-info/1";
const BIGGEST = 10;

export function summaryJson(
  { machine, bytes, container, capabilities, commands, sections, blocks, problems, wire }: Summary,
  as?: Wire,
  found?: MachineFound,
): object {
  return {
    schema: INFO_SCHEMA,
    connection: as ?? (wire.channel === undefined ? "main" : "multifd"),
    machine: machineJson(machine, found),
    bytes,
    container,
    capabilities,
    commands,
    sections,
    blocks: [...blocks.values()],
    ...wireJson(wire),
    problems: problems.map(({ code, at, path, message }) => ({ code, at, path, message })),
  };
}

/** The machine type that the stream names; else the one by which its sections were read, null when there is none. */
export function machineJson(named: string | undefined, found: MachineFound | undefined): object | null {
  return named === undefined ? (found ?? null) : { name: named, inferred: false };
}

export function renderSummary(summary: Summary, isAll: boolean, as?: Wire, found?: MachineFound): string {
  const { machine, bytes, container, capabilities, commands, sections, blocks } = summary;
  const other = wireLines(summary.wire, as);
  const shown = [...sections].sort((a, b) => b.bytes - a.bytes).slice(0, isAll ? undefined : BIGGEST);
  const hasDigests = [...blocks.values()].some(({ digest }) => digest !== undefined);
  const carried = Object.entries(container).flatMap(([name, has]) => (has ? [name] : []));
  const lines = [
    ...(other.length > 0
      ? other
      : [
          `machine       ${machine ?? foundLine(found)}`,
          `carries       ${carried.length === 0 ? "neither configuration nor footers nor description" : carried.join(", ")}`,
        ]),
    ...(capabilities.length === 0 ? [] : [`capabilities  ${capabilities.join(", ")}`]),
    ...(commands.length === 0 ? [] : [`commands      ${commands.join(", ")}`]),
    `bytes         ${bytes.total} = ${bytes.ram} RAM + ${bytes.decoded} devices + ${bytes.opaque} opaque + ${bytes.container} container`,
    ...(blocks.size === 0 ? [] : ["", ...table(hasDigests ? [...RAM_HEAD, "digest"] : RAM_HEAD, [...blocks.values()].map(blockRow))]),
    ...(sections.length === 0
      ? []
      : ["", ...table(["section", "instance", "version", "bytes", "parts", "its end is told by", "mostly"], shown.map(sectionRow))]),
    ...(shown.length < sections.length ? [`and ${sections.length - shown.length} more; --all shows them`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function foundLine(found: MachineFound | undefined): string {
  if (found === undefined) return "not named in the stream";
  const names = found.candidates.map(({ name, profile }) => (profile === undefined ? name : `${name} of ${profile}`));
  const told = found.inferred ? "not named in the stream; its sections are those of" : "as was asked for:";
  const undecided = found.undecided === undefined ? "" : `; they read ${found.undecided.join(", ")} in different ways`;
  return `${told} ${names.join(", or ")}${undecided}`;
}

const RAM_HEAD = ["RAM block", "length", "zero", "pages", "xbzrle", "compressed", "sent again", "bytes"];

function blockRow({ name, length, pages, resent, bytes, digest }: BlockSummary): string[] {
  const { zero, page, mapped, multifd, xbzrle, compressed } = pages;
  const counts = [length ?? "?", zero, page + mapped + multifd, xbzrle, compressed, resent ?? "?", bytes];
  return [name, ...counts.map(String), digest ?? ""];
}

function sectionRow({ name, instance, version, bytes, parts, framing, mostly }: SectionSummary): string[] {
  const what = mostly === undefined ? "" : `${mostly.field} ${mostly.bytes}`;
  return [name, `${instance}`, `${version}`, `${bytes}`, `${parts}`, framing ?? "its own format", what];
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

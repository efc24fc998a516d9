import { VERSION } from "../../compiler/check/version.ts";
import type { Imported } from "../../compiler/import/index.ts";

/** What was done, a line each: files, additions, contradictions with their code, and places that need a hand. */
export function renderImport({ files, written, additions, findings, marks, undescribed }: Imported, isCheck: boolean): string {
  const verb = isCheck ? "would be " : "";
  const lines = [
    ...files.map(({ path, isNew }) => `${path}: ${verb}${isNew ? "written" : "completed"}`),
    ...additions.map(({ path, sentence }) => `${verb}added: ${path}: ${sentence}`),
    ...findings.map(({ at, code, path, sentence }) => `${at.file}:${at.line}:${at.column}: ${code}: ${path}: ${sentence}`),
    ...marks.map(({ file, line, path, sentence }) => `needs a hand: ${file}:${line}: ${path}: ${sentence}`),
    ...undescribed.map((name) => `not described: ${name}: a section of the old style, which only the device's code knows`),
  ];
  const counts = [
    count(written.length, isCheck ? "vmsd to write" : "vmsd written", isCheck ? "vmsds to write" : "vmsds written"),
    count(additions.length, "addition", "additions"),
    count(findings.length, "contradiction", "contradictions"),
    `${count(marks.length, "place needs", "places need")} a hand`,
  ];
  return `${[...lines, `${counts.join(", ")}.`].map(oneLine).join("\n")}\n`;
}

/** Names out of files may hold anything. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** FORMAT.md, report of an import. */
export function renderImportJson({ files, written, additions, findings, marks, undescribed }: Imported, isCheck: boolean): string {
  const report = {
    schema: "vmstate-import/1",
    tool: { name: "vmstate", version: VERSION },
    check: isCheck,
    files: files.map(({ path, isNew }) => ({ path, new: isNew })),
    written,
    added: additions.map(({ path, sentence }) => ({ path, message: sentence })),
    findings: findings.map(({ code, path, sentence, at }) => ({ code, path, message: sentence, at })),
    needsHand: marks.map(({ file, line, path, sentence }) => ({ file, line, path, message: sentence })),
    undescribed,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

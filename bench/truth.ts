// Holds verdicts against what really happened: `npm run truth -- DUMPS ROWS [--any-machine] [--machines GEN] [--scoped] [--peer SCRIPT]`.
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { compare, type Metadata, parseFile, type Report, type Verdict } from "../compiler/check/index.ts";
import { decideConditions } from "../compiler/check/machine/decide-conditions.ts";
import { sameLayout } from "./same-layout.ts";
import { type PeerVerdicts, runPeer } from "./truth-peer.ts";
import { findDump, readRows, TruthError, type TruthRow } from "./truth-rows.ts";

const USAGE = "usage: npm run truth -- DUMPS ROWS [--any-machine] [--machines GEN] [--scoped] [--peer SCRIPT]";
const VERDICTS: readonly Verdict[] = ["compatible", "unknown", "depends", "incompatible"];

interface Judged {
  readonly row: TruthRow;
  readonly verdict: Verdict;
  readonly errors: readonly string[];
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      scoped: { type: "boolean" },
      peer: { type: "string" },
      "any-machine": { type: "boolean" },
      // What vmstate compile wrote: where a row's machine type is among it, the builds are judged as that has them.
      machines: { type: "string" },
    },
  });
  const [folder, rowsPath] = positionals;
  if (folder === undefined || rowsPath === undefined) throw new TruthError(USAGE);
  const rows = readRows(rowsPath);
  const dumps = new Map<string, Metadata>();
  const reports = new Map<string, Report>();
  const dumpOf = (build: string, machine: string): Metadata => {
    const path = findDump(folder, build, machine, values["any-machine"] === true);
    const known = values.machines === undefined ? undefined : `${values.machines}/${machine}/metadata.json`;
    const key = known !== undefined && existsSync(known) ? `${path}\n${known}` : path;
    const dump = dumps.get(key) ?? (key === path ? parseFile(path) : decideConditions(parseFile(path), parseFile(known ?? "")).metadata);
    dumps.set(key, dump);
    return dump;
  };
  const judged = rows.map((row) => {
    const [old, new_] = [dumpOf(row.src, row.machine), dumpOf(row.dst, row.machine)];
    const key = [old.source.path, new_.source.path, values.machines === undefined ? "" : row.machine].join("\n");
    const report =
      values.scoped === true
        ? compare(old, new_, { scope: { source: "list", types: row.types, complete: true, unknown: [] } })
        : (reports.get(key) ?? compare(old, new_));
    reports.set(key, report);
    return judge(row, report);
  });
  console.log(`${rows.length} migrated VMs, ${values.scoped === true ? "each with its types as scope" : "builds compared whole"}`);
  console.log(table("vmstate", judged));
  const bad = judged.filter(({ row }) => row.outcome !== "ok");
  for (const { row, errors } of bad)
    console.log(`  ${row.src} -> ${row.dst}  ${row.device}  ${row.outcome}: ${errors.join(", ") || "not caught"}`);
  console.log(decisiveness(rows, dumpOf));
  if (values.peer !== undefined) {
    const peer: PeerVerdicts = runPeer(values.peer, rows, (build, machine) =>
      findDump(folder, build, machine, values["any-machine"] === true),
    );
    console.log(peer === "absent" ? "peer absent" : flagged("vmstate-static-checker.py", rows, (row) => peer.flags(row)));
    if (peer === "absent") return 2;
  }
  const wrong = judged.filter(({ row, errors }) => (row.outcome === "ok") !== (errors.length === 0));
  return wrong.length === 0 ? 0 : 1;
}

/** A VM is flagged when a finding of level error in its direction names a type that it has. */
function judge(row: TruthRow, report: Report): Judged {
  const types = new Set(row.types);
  const own = report.findings.filter((finding) => finding.sections.some((section) => types.has(section)));
  const sections = row.types.flatMap((type) => report.sections[type]?.forward ?? []);
  return {
    row,
    verdict: VERDICTS[Math.max(0, ...sections.map((verdict) => VERDICTS.indexOf(verdict)))] ?? "compatible",
    errors: own.filter(({ levels }) => levels.forward === "error").map(({ rule, path }) => `${rule} ${path}`),
  };
}

function table(name: string, judged: readonly Judged[]): string {
  const count = (outcome: string, verdict: Verdict): number =>
    judged.filter((each) => each.row.outcome === outcome && each.verdict === verdict).length;
  const lines = ["ok", "refused", "corrupted"].map(
    (outcome) => `  ${outcome.padEnd(12)}${VERDICTS.map((verdict) => String(count(outcome, verdict)).padStart(14)).join("")}`,
  );
  const rows = judged.map(({ row }) => row);
  const byRow = new Map(judged.map((each) => [each.row, each.errors.length > 0]));
  return [
    flagged(name, rows, (row) => byRow.get(row) === true),
    `  ${"outcome".padEnd(12)}${VERDICTS.map((verdict) => verdict.padStart(14)).join("")}`,
    ...lines,
  ].join("\n");
}

function flagged(name: string, rows: readonly TruthRow[], flags: (row: TruthRow) => boolean): string {
  const [good, bad] = [rows.filter(({ outcome }) => outcome === "ok"), rows.filter(({ outcome }) => outcome !== "ok")];
  return `${name}: ${good.filter(flags).length} of ${good.length} good VMs flagged, ${bad.filter(flags).length} of ${bad.length} bad VMs caught`;
}

/** Whether the verdicts decide anything: what must be compatible because both builds' layouts are the same, or nearly. */
function decisiveness(rows: readonly TruthRow[], dumpOf: (build: string, machine: string) => Metadata): string {
  const reports = new Map<string, Report>();
  const clear = new Map<string, { vms: number; compatible: number }>();
  let [same, sameCompatible] = [0, 0];
  for (const row of rows.filter(({ outcome }) => outcome === "ok")) {
    const [old, new_] = [dumpOf(row.src, row.machine), dumpOf(row.dst, row.machine)];
    const key = [row.src, row.dst, row.machine].join("\n");
    const report = reports.get(key) ?? compare(old, new_);
    reports.set(key, report);
    const shared = row.types.filter((type) => old.sections.has(type) && new_.sections.has(type));
    const alike = shared.filter((type) => sameLayout(old.sections.get(type), new_.sections.get(type)));
    same += alike.length;
    sameCompatible += alike.filter((type) => report.sections[type]?.forward === "compatible").length;
    if (shared.some((type) => (report.sections[type]?.opaque.length ?? 0) > 0)) continue;
    const builds = `${row.src} -> ${row.dst}`;
    const { vms, compatible } = clear.get(builds) ?? { vms: 0, compatible: 0 };
    const decided = shared.every((type) => report.sections[type]?.forward === "compatible");
    clear.set(builds, { vms: vms + 1, compatible: compatible + (decided ? 1 : 0) });
  }
  const unexplained = [...reports.values()]
    .flatMap(({ findings }) => findings)
    .filter(({ certainty, conditions }) => certainty === "depends" && conditions.length === 0);
  return [
    `decisive: ${sameCompatible} of ${same} pairs of (good VM, type) with one and the same layout are compatible`,
    ...[...clear].map(
      ([builds, { vms, compatible }]) =>
        `  ${builds}: every shared section compatible in ${compatible} of ${vms} good VMs without an opaque field`,
    ),
    `  ${unexplained.length} \`depends\` findings without a condition`,
  ].join("\n");
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof Error) || !("code" in error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

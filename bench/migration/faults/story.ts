import type { Resolved } from "../../../runtime/migration/hand-over/run-resolve.ts";
import type { EndProcess } from "./end-process.ts";

/** What both ends said, in its order. */
export function tell(source: EndProcess, destination: EndProcess, resolved: Resolved | undefined): string {
  const lines = [source, destination].flatMap(({ role, lines, errors, killedAt }) => [
    ...lines.map((line) => ({ at: "at" in line ? line.at : 0, text: `${role} ${JSON.stringify(line)}` })),
    ...(errors === "" ? [] : [{ at: 0, text: `${role} says ${errors}` }]),
    ...(killedAt === undefined ? [] : [{ at: killedAt, text: `${role} is killed` }]),
  ]);
  const told = lines.sort((a, b) => a.at - b.at).map(({ at, text }) => `  ${at.toFixed(1)} ${text}`);
  return [
    ...told,
    `  resolved: ${resolved === undefined ? "no" : `${resolved.outcome}: ${[...resolved.steps, resolved.sentence].join(" ")}`}`,
  ].join("\n");
}

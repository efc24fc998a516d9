import { type Bisection, type Blame, placeOf, type StateLoopReport } from "../../runtime/state-loop/index.ts";

/** What comes of a state loop, for people. */
export function renderLoop(
  machine: string,
  { devices, iterations, thorough, blames }: StateLoopReport,
  bisection: Bisection | undefined,
): string {
  const head = `${machine}, ${devices} devices: saved, reset and loaded ${iterations} times, ${thorough} of them poisoned`;
  const lines = blames.length === 0 ? ["nothing is lost"] : blames.flatMap(renderBlame);
  return `${[head, ...lines, ...(bisection === undefined ? [] : renderBisection(bisection))].join("\n")}\n`;
}

function renderBlame(blame: Blame): readonly string[] {
  const hidden = blame.hiddenByReset ? ["  The reset leaves it as it is here, which would hide this from a comparison alone."] : [];
  return [`${placeOf(blame)}: ${blame.code}, iteration ${blame.iteration}`, `  ${blame.message}`, ...hidden];
}

function renderBisection({ losing, losesAnyway, runs }: Bisection): readonly string[] {
  if (losesAnyway) return ["state is lost also when no device is reset"];
  const found = losing.map((names) => `by the reset of ${names.join(" and ")}${names.length > 1 ? " together" : ""} state is lost`);
  return [...(found.length === 0 ? ["by the reset of no device state is lost"] : found), `found in ${runs} runs`];
}

import { canonicalJson, type Metadata, withoutPlaces } from "../../describe/index.ts";
import { plural } from "../render/counts.ts";
import { visible } from "../render/visible.ts";
import { shortened } from "./shortened.ts";

export interface RawDiffOptions {
  readonly colour?: boolean;
  /** Lines of differences to show; what is left out is counted. Defaults to 2000. */
  readonly maxLines?: number;
}

const ESC = String.fromCharCode(27);
const NAMED = 5;

/**
 * The structural difference of two files as JSON, before any judgement: what changed, not what it means. Section by section, and
 * one time for all the sections in which it is the same. Gives text that ends with a newline.
 */
export async function rawDiff(old: Metadata, new_: Metadata, { colour = false, maxLines = 2000 }: RawDiffOptions = {}): Promise<string> {
  const { diffString } = await import("json-diff");
  const both = [...old.sections.keys()].filter((type) => new_.sections.has(type)).sort();
  const byDiff = new Map<string, string[]>();
  let differing = 0;
  for (const type of both) {
    const [left, right] = [withoutPlaces(old, old.sections.get(type)), withoutPlaces(new_, new_.sections.get(type))];
    if (canonicalJson(left) === canonicalJson(right)) continue;
    differing++;
    const diff = diffString(...shortened(left, right), { color: false, maxElisions: 1, outputKeys: ["field", "name"] }).trimEnd();
    const types = byDiff.get(diff);
    if (types === undefined) byDiff.set(diff, [type]);
    else types.push(type);
  }
  const onlyOld = [...old.sections.keys()].filter((type) => !new_.sections.has(type)).sort();
  const onlyNew = [...new_.sections.keys()].filter((type) => !old.sections.has(type)).sort();
  const lines = [...byDiff].flatMap(([diff, types]) => [
    heading(types),
    ...diff.split("\n").map((line) => painted(withoutControls(line), colour)),
    "",
  ]);
  const shown = lines.slice(0, maxLines);
  return [
    `${plural(both.length, "section")} in both: ${differing} differ${differing === 1 ? "s" : ""}, ${both.length - differing} the same`,
    `only in old (${onlyOld.length}): ${listed(onlyOld)}`,
    `only in new (${onlyNew.length}): ${listed(onlyNew)}`,
    "",
    ...shown,
    ...(lines.length > shown.length ? [`… ${lines.length - shown.length} of ${plural(lines.length, "line")} left out`, ""] : []),
  ].join("\n");
}

function heading(types: readonly string[]): string {
  const more = types.length > NAMED ? ` and ${types.length - NAMED} more` : "";
  return `@ ${types.slice(0, NAMED).map(visible).join(", ")}${more}`;
}

function listed(types: readonly string[]): string {
  return types.length === 0 ? "none" : types.map(visible).join(", ");
}

/** Names in a file may hold what a terminal acts on; only the package's own colours pass. */
function withoutControls(line: string): string {
  const colours = new RegExp(`(${ESC}\\[[0-9;]*m)`);
  return line
    .split(colours)
    .map((part) => (colours.test(part) ? part : visible(part)))
    .join("");
}

/** json-diff's own colours would depend on what its library makes of the environment. */
function painted(line: string, colour: boolean): string {
  const code = line.startsWith("+") ? 32 : line.startsWith("-") ? 31 : undefined;
  return colour && code !== undefined ? `\u001b[${code}m${line}\u001b[39m` : line;
}

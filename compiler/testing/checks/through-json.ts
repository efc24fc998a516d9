import { isDeepStrictEqual } from "node:util";
import type { State } from "../../interpret/input.ts";
import { interpretJson } from "../../interpret/json.ts";
import { plain } from "../../oracle/outcome.ts";
import { leavesThatDiffer, shortJson } from "../differ.ts";
import type { LoadedSection } from "../section.ts";

/** What is wrong where a state is shown as JSON and made of that again. */
export function throughJson(section: LoadedSection, state: State): string[] {
  const { view, vmsd, program } = section;
  const due = interpretJson(vmsd, plain(state) as State, program);
  const json = view.toJson(state);
  const key = Object.keys({ ...due, ...json }).find((each) => !isDeepStrictEqual(json[each], due[each]));
  if (key !== undefined) return [`as JSON, ${key} is ${shortJson(json[key])}, where ${shortJson(due[key])} is due`];
  try {
    const back = view.fromJson(JSON.parse(JSON.stringify(json)));
    const lost = leavesThatDiffer(section, state, back);
    return lost === undefined ? [] : [`it does not come back from its JSON: ${lost}`];
  } catch (error) {
    return [`it does not come back from its JSON: ${error instanceof Error ? error.message : error}`];
  }
}

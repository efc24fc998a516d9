import type { State } from "../../interpret/input.ts";
import { interpretSave } from "../../interpret.ts";
import type { VmsdIr } from "../../ir.ts";
import { attempt, type Outcome } from "../../oracle/outcome.ts";
import { bytesThatDiffer, leavesThatDiffer, loadsThatDiffer, refusal, tried, wrong } from "../differ.ts";
import { codecOf, type Effort, type Engine, interpreterOf, type Loaded, type LoadedSection } from "../section.ts";
import { statesOf } from "../states.ts";
import { cutShort } from "./cut-short.ts";
import { throughJson } from "./through-json.ts";

/** States whose bytes are cut short, which takes longer than all the rest. */
const MOST_CUT_SHORT = 4;

/** What is wrong where states are saved, loaded, shown as JSON, cut short and saved again. */
export function roundTrip(section: LoadedSection, effort: Effort): string[] {
  const states = statesOf(section, effort);
  const failures = states.flatMap(({ name, state, given }, at) =>
    tripOf(section, state, given, at < MOST_CUT_SHORT).map((sentence) => `${name}: ${sentence}`),
  );
  if (states.every(({ given }, at) => at === 0 || given) && effort.states > 0 && effort.examples.length === 0)
    failures.push("no random state could be drawn that its rules allow; give one among the examples");
  return failures;
}

function tripOf(section: LoadedSection, state: State, given: boolean, alsoCut: boolean): string[] {
  const [codec, interpreter] = [codecOf(section), interpreterOf(section)];
  const due = attempt(() => interpreter.save(state));
  const saved = wrong(
    tried(() => codec.save(state)),
    due,
    bytesThatDiffer,
  );
  if (saved !== undefined) return [`on save, ${saved}`];
  if ("refused" in due) return given ? [`it cannot be saved: ${refusal(due.refused)}`] : [];
  const bytes = due.done;
  const loaded = tried(() => codec.load(bytes));
  const load = wrong(loaded, dueLoad(interpreter, bytes), (one, other) => loadsThatDiffer(section, one, other));
  if (load !== undefined) return [`on load, ${load}`];
  if ("refused" in loaded) return [`what was saved is not loaded: ${refusal(loaded.refused)}`];
  const survived = survives(section, codec, state, bytes, loaded.done, given);
  if (survived !== undefined) return [survived];
  return [...olderVersions(section, state), ...throughJson(section, loaded.done.state), ...(alsoCut ? cutShort(section, bytes) : [])];
}

/** A state comes back: one that was given as it is; of a random one, what is on the wire. */
function survives(
  section: LoadedSection,
  codec: Engine,
  state: State,
  bytes: Uint8Array,
  { state: back, end }: Loaded,
  given: boolean,
): string | undefined {
  if (end !== bytes.length) return `it does not survive: a load leaves ${bytes.length - end} of its ${bytes.length} bytes`;
  const lost = given ? leavesThatDiffer(section, state, back) : undefined;
  if (lost !== undefined) return `it does not survive a save and a load: ${lost}`;
  const again = tried(() => codec.save(back));
  const different = "refused" in again ? `it is refused: ${refusal(again.refused)}` : bytesThatDiffer(bytes, again.done);
  return different === undefined ? undefined : `it does not survive: saved again behind a load, ${different}`;
}

function dueLoad(interpreter: Engine, bytes: Uint8Array): Outcome<Loaded> {
  return attempt(() => interpreter.load(bytes));
}

/** Older versions that are read otherwise than the one before, of which there may be thousands that are not. */
function versionsBelow({ versionId, minimumVersionId, fields }: VmsdIr): number[] {
  const turns = [minimumVersionId, versionId - 1, ...fields.flatMap(({ since }) => [since - 1, since])];
  return [...new Set(turns)].filter((each) => each >= minimumVersionId && each < versionId).sort((a, b) => a - b);
}

/** Bytes of older senders, as far as the state can be said in them. */
function olderVersions(section: LoadedSection, state: State): string[] {
  const { vmsd, program, properties } = section;
  const [codec, interpreter] = [codecOf(section), interpreterOf(section)];
  const failures: string[] = [];
  for (const versionId of versionsBelow(vmsd)) {
    const older = attempt(() => interpretSave(program, vmsd.id, state, properties, versionId));
    if ("refused" in older) continue;
    const due = attempt(() => interpreter.load(older.done, versionId));
    const different = wrong(
      tried(() => codec.load(older.done, versionId)),
      due,
      (one, other) => loadsThatDiffer(section, one, other),
    );
    if (different !== undefined) failures.push(`on load of version ${versionId}, ${different}`);
  }
  return failures;
}

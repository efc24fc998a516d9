import { commonOf, type Entry, entriesOf, isRenamed, isReshaped, onlyIn } from "./entries.ts";
import type { ModelPair } from "./schema.ts";

/**
 * Pairs that the checker is known to judge wrongly, each with the defect that is behind it: false alarms among fields that share a name
 * inside one description. They could be told apart, so this is no part of hidden.ts: a line goes when its defect does, and the model then
 * keeps it from coming back.
 */
export function pendingDefect(pair: ModelPair): string | undefined {
  const old = entriesOf(pair.old);
  const new_ = entriesOf(pair.new);
  const common = commonOf(old, new_);
  const moved = common.filter((each) => each.old.vmsd.id !== each.new.vmsd.id);
  if (moved.some((each) => isAlternative(each.old) || isAlternative(each.new))) return "alternatives, of which one was wrapped";
  const lone = [...onlyIn(old, new_), ...onlyIn(new_, old)];
  const changed = [...lone, ...common.filter((each) => isRenamed(each) || isReshaped(each)).flatMap((each) => [each.old, each.new])];
  const wrapped = moved.flatMap((each) => [each.old, each.new]);
  return [...changed, ...wrapped].some(isNamesake) ? "fields of one name, of which one changed or was wrapped" : undefined;
}

function isNamesake({ field, vmsd }: Entry): boolean {
  return (
    field.condition === undefined &&
    vmsd.fields.some((other) => other !== field && other.name === field.name && other.content !== "padding")
  );
}

function isAlternative({ field, vmsd }: Entry): boolean {
  return field.condition !== undefined && vmsd.fields.some((other) => other !== field && other.name === field.name);
}

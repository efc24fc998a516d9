import { type Common, commonOf, type Entry, entriesOf, isInverted, isRenamed, isReshaped, onlyIn } from "./entries.ts";
import type { ModelPair, ModelVmsd } from "./schema.ts";
import { vmsdsOf } from "./vmsds-of.ts";

/**
 * Pairs that the checker is known to judge wrongly, each with the defect that is behind it. They could be told apart, so this is no
 * part of hidden.ts: a line goes when its defect does, and the model then keeps it from coming back.
 */
export function pendingDefect(pair: ModelPair): string | undefined {
  const old = entriesOf(pair.old);
  const new_ = entriesOf(pair.new);
  const common = commonOf(old, new_);
  const moved = common.filter((each) => each.old.vmsd.id !== each.new.vmsd.id);
  const namesakes = (a: Common, b: Common): boolean => isInverted(a, b) && a.old.field.name === b.old.field.name;
  const isMixed = (a: Common, b: Common): boolean => a.old.field.array !== b.new.field.array;
  if (common.some((a) => isMixed(a, a) || common.some((b) => namesakes(a, b) && isMixed(a, b))))
    return "a single value against a fixed array";
  if (moved.some((each) => isAlone(each.old) || isAlone(each.new))) return "a struct of one field, wrapped or unwrapped";
  if (moved.some((each) => each.old.field.vmsd !== undefined)) return "a struct in a struct, wrapped or unwrapped";
  if (moved.some((each) => isAlternative(each.old) || isAlternative(each.new))) return "alternatives, of which one was wrapped";
  if (moved.some((each) => each.old.vmsd.subsections.length + each.new.vmsd.subsections.length > 0))
    return "a struct with a subsection, wrapped or unwrapped";
  if (common.some((each) => each.old.field.version !== each.new.field.version) && common.length < Math.max(old.size, new_.size))
    return "a field that is guarded out, and another one in its slot";
  if (sharesStructName([...old.values()], [...new_.values()])) return "a struct with the name of a field that it wraps";
  const lone = [...onlyIn(old, new_), ...onlyIn(new_, old)];
  if (common.some((each) => hasPadding(each) && each.old.field.condition !== each.new.field.condition)) return "padding under a condition";
  const replaced = [...lone, ...common.filter((each) => hasPadding(each) && isReshaped(each)).flatMap((each) => [each.old, each.new])];
  if (replaced.some(isPadding) && replaced.some(({ field }) => field.condition !== undefined)) return "padding beside a condition";
  const paddings = [...old.values(), ...new_.values()].filter(isPadding);
  if (lone.length > 0 && paddings.some(({ field }) => field.condition !== undefined)) return "padding that is taken for other padding";
  if (lone.length > 0 && paddings.length > 0 && (pair.flavours.old === "full") !== (pair.flavours.new === "full"))
    return "padding whose count only one file gives";
  if (hidesOpaqueField(pair)) return "an opaque field in a subsection that one direction refuses";
  if (lone.some((each) => each.field.vmsd !== undefined && lone.some((other) => other.field.vmsd === each.vmsd)))
    return "two structs around each other, wrapped or unwrapped";
  if (common.some((each) => isAlternative(each.old) && isReshaped(each))) return "alternatives, of which one changed its count";
  const changed = [...lone, ...common.filter((each) => isRenamed(each) || isReshaped(each)).flatMap((each) => [each.old, each.new])];
  if (changed.some(isNamesake)) return "fields of one name, of which one changed";
  if (common.some((each) => isPadding(each.old) && isPadding(each.new) && each.old.field.size !== each.new.field.size))
    return "padding that changed its size";
  if ([...old.values(), ...new_.values()].some(({ field }) => field.vmsd !== undefined && sendsNothing(field.vmsd)))
    return "a struct that puts nothing on the wire";
  if (common.some((each) => isRenamed(each) && each.old.field.vmsd?.name !== each.new.field.vmsd?.name))
    return "a struct of another name and another description";
  if (moved.some((each) => each.old.field.condition === each.new.field.condition && each.old.behind.length !== each.new.behind.length))
    return "a struct under a condition, wrapped or unwrapped";
  return undefined;
}

function isNamesake({ field, vmsd }: Entry): boolean {
  return (
    field.condition === undefined &&
    vmsd.fields.some((other) => other !== field && other.name === field.name && other.content !== "padding")
  );
}

/** The same for a property: opaque fields are looked for in the forward direction only, where a refused subsection hides them. */
export function hidesOpaqueField({ old, new: new_ }: ModelPair): boolean {
  const versions = (device: ModelVmsd): string[] => vmsdsOf(device).map(({ id, version, minimum }) => `${id} ${version} ${minimum}`);
  const isOpaque = ({ field }: Entry): boolean => field.content === "opaque";
  return [...entriesOf(old).values()].some(isOpaque) && `${versions(old)}` !== `${versions(new_)}`;
}

const isPadding = ({ field }: Entry): boolean => field.content === "padding";
const hasPadding = (each: Common): boolean => isPadding(each.old) || isPadding(each.new);

function isAlone({ vmsd }: Entry): boolean {
  return vmsd.fields.filter((field) => field.condition !== undefined || field.version <= vmsd.version).length < 2;
}

function sendsNothing({ fields, version }: ModelVmsd): boolean {
  return fields.every((field) => (field.vmsd === undefined ? field.version > version : sendsNothing(field.vmsd)));
}

function isAlternative({ field, vmsd }: Entry): boolean {
  return field.condition !== undefined && vmsd.fields.some((other) => other !== field && other.name === field.name);
}

function sharesStructName(old: readonly Entry[], new_: readonly Entry[]): boolean {
  const clash = (some: readonly Entry[], others: readonly Entry[]): boolean =>
    some.some(
      ({ field }) => field.vmsd !== undefined && others.some((other) => other.field.id !== field.id && other.field.name === field.name),
    );
  return clash(old, new_) || clash(new_, old);
}

import { type Common, commonOf, countsHidden, type Entry, entriesOf, isInverted, isRenamed, isReshaped, onlyIn } from "./entries.ts";
import type { ModelField, ModelPair, ModelVmsd } from "./schema.ts";
import { vmsdsOf } from "./vmsds-of.ts";

/**
 * Why the two files of a pair look like those of another pair with another truth, so that no reader of metadata could tell; the
 * generator leaves such pairs out, and nothing else. Undefined for a pair that can be judged.
 *
 * 1. A field was dropped and one of the same size and count came elsewhere in the same body, or was padding before where the size of
 *    padding changed too: it reads as a rename.
 * 2. Two fields traded places and neither kept a name (renamed, or padding, which has none): it reads as renames in place.
 * 3. Two fields of one name, size and count traded places, of which one may have become padding of as many bytes: it reads as if the
 *    other one had.
 * 4. A predicate became another one, its own or that of a struct around the field, or a field was dropped and padding of as many bytes came under another predicate, unless both files
 *    give the predicates' text: it reads as if it were the same one.
 * 5. Neighbours of one name, each with a predicate, that do not exclude each other: real ones do (a device is PCI or PCI Express).
 * 6. Two such alternatives changed their sizes: it reads as if they traded places, which changes nothing.
 * 7. Where one file has no `num`: a changed count; an array of structs against the fields of one of them; an array of several elements that was dropped, added or turned into padding
 *    while other padding changed, since it reads as if it had one element; a padding of another size that a count would explain.
 * 8. A field took the name that another one bears in the other build: it reads as that one.
 * 9. A field became padding where padding of the same size became a field: it reads as padding that stayed between a field that
 *    was dropped and one that was added.
 * 10. Of two fields of one name each build turned another one into padding: each has one of that name left, which reads as the same.
 * 11. A field was renamed and got another version where one of the same size and count was added or dropped: it reads as if this one
 *     took the name, and a new field came with the version.
 * 12. A field was renamed where one of the same size and count is gone and padding of as many bytes has come: it reads as if that one had
 *     been renamed, and this one had become the padding.
 */
export function hiddenDifference(pair: ModelPair): string | undefined {
  const old = entriesOf(pair.old);
  const new_ = entriesOf(pair.new);
  const common = commonOf(old, new_);
  const hidden = countsHidden(pair);
  const dropped = onlyIn(old, new_).filter(isValue);
  const added = onlyIn(new_, old).filter(isValue);
  const lone = [...onlyIn(old, new_), ...onlyIn(new_, old)];
  if (dropped.some((a) => added.some((b) => a.container === b.container && looksLike(a.field, b.field, hidden)))) return "replaced";
  if (common.some((each) => [...dropped, ...added].some((gone) => replacesField(each, gone, common, hidden)))) return "replaced by padding";
  if (common.some((a) => common.some((b) => isInverted(a, b) && isNameless(a) && isNameless(b)))) return "disguised swap";
  if (common.some((a) => common.some((b) => isInverted(a, b) && areTwins(a, b, hidden)))) return "swap of namesakes";
  if (!(pair.flavours.old === "full" && pair.flavours.new === "full")) {
    const lost = onlyIn(old, new_).flatMap((a) => onlyIn(new_, old).map((b) => ({ old: a, new: b })));
    if ([...common, ...lost.filter(readsAsPadding)].some(isOtherPredicate)) return "other predicate";
  }
  if ([pair.old, pair.new].some((device) => vmsdsOf(device).some(hasLooseAlternatives)))
    return "alternatives that do not exclude each other";
  if (common.some((a) => common.some((b) => a !== b && areAlternatives(a.old, b.old) && isReshaped(a) && isReshaped(b))))
    return "alternatives that traded sizes";
  if (common.some((a) => isRenamed(a) && common.some((b) => a !== b && bearsNameOf(a, b)))) return "name of another field";
  if (common.some((a) => common.some((b) => tradePadding(a, b)))) return "padding that traded places with a field";
  if (common.some((a) => common.some((b) => tradeNames(a, b)))) return "namesakes that became padding in turn";
  if (common.some((each) => [...dropped, ...added].some((lone) => hidesRename(each, lone, hidden)))) return "rename behind a version";
  const came = [...lone, ...common.filter(isSentAnew).flatMap((each) => [each.old, each.new])].filter(isPadding);
  if (common.some((each) => [...dropped, ...added].some((gone) => swapsWithPadding(each, gone, came, hidden))))
    return "rename beside padding";
  if (hidden && common.some(({ old, new: new_ }) => old.field.count !== new_.field.count && !isConverted(old, new_))) return "hidden count";
  if (hidden && lone.some(({ field }) => field.vmsd !== undefined && field.count > 1)) return "hidden array of structs";
  const otherPadding = lone.some(isPadding) || common.some(({ old: a, new: b }) => isPadding(a) && a.field.version !== b.field.version);
  if (hidden && hidesArray(common, [...dropped, ...added], otherPadding)) return "hidden array";
  return undefined;
}

const isValue = ({ field }: Entry): boolean => field.content === "value";
const isPadding = ({ field }: Entry): boolean => field.content === "padding";
const isNameless = (common: Common): boolean => isRenamed(common) || isPadding(common.old) || isPadding(common.new);

function looksLike(a: ModelField, b: ModelField, hidden: boolean): boolean {
  return a.size === b.size && (hidden || a.count === b.count);
}

function areTwins(a: Common, b: Common, hidden: boolean): boolean {
  const alike = (x: Entry, y: Entry): boolean => x.field.name === y.field.name && looksLike(x.field, y.field, hidden);
  const padded = (x: Entry, y: Entry): boolean => isPadding(x) !== isPadding(y) && bytesOf(x) === bytesOf(y);
  if (a.old.field.condition !== undefined) return false;
  return (alike(a.old, b.old) && (alike(a.new, b.new) || padded(a.new, b.new))) || (padded(a.old, b.old) && alike(a.new, b.new));
}

function bytesOf({ field }: Entry): number {
  return field.size * field.count;
}

function readsAsPadding({ old, new: new_ }: Common): boolean {
  return isPadding(old) !== isPadding(new_) && old.container === new_.container && bytesOf(old) === bytesOf(new_);
}

function isOtherPredicate({ old, new: new_ }: Common): boolean {
  return old.predicates.length === new_.predicates.length && old.predicates.join() !== new_.predicates.join();
}

function bearsNameOf(a: Common, b: Common): boolean {
  return !isPadding(a.old) && !isPadding(a.new) && (a.old.field.name === b.new.field.name || a.new.field.name === b.old.field.name);
}

function tradePadding(a: Common, b: Common): boolean {
  const converts = ({ old, new: new_ }: Common): boolean => isPadding(old) && !isPadding(new_);
  return (
    converts(a) && converts({ old: b.new, new: b.old }) && a.old.container === b.old.container && a.old.field.size === b.new.field.size
  );
}

function tradeNames(a: Common, b: Common): boolean {
  const only = (entry: Entry, other: Entry): boolean => !isPadding(entry) && isPadding(other);
  return only(a.old, a.new) && only(b.new, b.old) && a.old.container === b.new.container && a.old.field.name === b.new.field.name;
}

function hidesRename(each: Common, lone: Entry, hidden: boolean): boolean {
  if (!isRenamed(each) || each.old.field.version === each.new.field.version) return false;
  return [each.old, each.new].some(({ container, field }) => container === lone.container && looksLike(field, lone.field, hidden));
}

function replacesField(each: Common, gone: Entry, common: readonly Common[], hidden: boolean): boolean {
  if (isPadding(each.old) === isPadding(each.new)) return false;
  const value = isPadding(each.old) ? each.new : each.old;
  const resized = common.some((other) => other !== each && (isPadding(other.old) || isPadding(other.new)) && !isExact(other));
  return resized && value.container === gone.container && looksLike(value.field, gone.field, hidden);
}

/** Whether the versions that decide if it is sent are others, be it because a struct was wrapped around it. */
function isSentAnew({ old, new: new_ }: Common): boolean {
  return old.field.version !== new_.field.version || old.vmsd.version !== new_.vmsd.version;
}

function swapsWithPadding(each: Common, gone: Entry, padding: readonly Entry[], hidden: boolean): boolean {
  const near = padding.filter(({ container }) => container === gone.container);
  const reads = (as: Entry, instead: Entry): boolean =>
    as.container === gone.container && looksLike(as.field, gone.field, hidden) && near.some((entry) => bytesOf(entry) === bytesOf(instead));
  return isRenamed(each) && (reads(each.new, each.old) || reads(each.old, each.new));
}

function hasLooseAlternatives({ fields }: ModelVmsd): boolean {
  const conditional = fields.filter(({ condition }) => condition !== undefined);
  return conditional.some((a, at) =>
    conditional.slice(at + 1).some((b) => a.name === b.name && a.content !== "padding" && !excludes(a.condition ?? "", b.condition ?? "")),
  );
}

function excludes(a: string, b: string): boolean {
  return a === `!${b}` || b === `!${a}`;
}

function areAlternatives(a: Entry, b: Entry): boolean {
  return a.vmsd === b.vmsd && a.field.name === b.field.name && a.field.condition !== undefined && b.field.condition !== undefined;
}

function isConverted(old: Entry, new_: Entry): boolean {
  return old.field.content !== new_.field.content;
}

function hidesArray(common: readonly Common[], lone: readonly Entry[], padding: boolean): boolean {
  const changed = common.filter(({ old, new: new_ }) => (isPadding(old) || isPadding(new_)) && isReshaped({ old, new: new_ }));
  if (changed.length === 0 && !padding) return false;
  const converted = changed.filter(({ old, new: new_ }) => isConverted(old, new_));
  const arrays = lone.filter(({ field }) => field.count > 1).length + converted.filter((each) => asValue(each).count > 1).length;
  const alone = changed.length === 1 && converted.length === 1 && lone.length === 0 && !padding && converted.every(isExact);
  return arrays > 0 && !alone ? true : converted.some((each) => !isExact(each));
}

function asValue({ old, new: new_ }: Common): ModelField {
  return isPadding(old) ? new_.field : old.field;
}

function isExact({ old, new: new_ }: Common): boolean {
  return old.field.size * old.field.count === new_.field.size * new_.field.count;
}

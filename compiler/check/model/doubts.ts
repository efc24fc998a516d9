import { type Common, commonOf, countsHidden, type Entry, entriesOf, isInverted, isRenamed, isReshaped, onlyIn } from "./entries.ts";
import type { ModelPair, ModelVmsd } from "./schema.ts";

/** What a pair holds that metadata can leave open. Only where there is one may a verdict be `depends` or `unknown`. */
export type Doubt = "condition" | "subsection" | "opaque" | "count" | "recut";

export function doubtsOf(pair: ModelPair, direction: "forward" | "backward"): Set<Doubt> {
  const old = entriesOf(pair.old);
  const new_ = entriesOf(pair.new);
  const common = commonOf(old, new_);
  const oldOnly = onlyIn(old, new_);
  const newOnly = onlyIn(new_, old);
  const [from, to] = direction === "forward" ? [pair.old, pair.new] : [pair.new, pair.old];
  const doubts = new Set<Doubt>();
  if ([...old.values(), ...new_.values()].some(({ field }) => field.content === "opaque")) doubts.add("opaque");
  if ([...oldOnly, ...newOnly].some(isConditional) || common.some((each) => changesBehindCondition(each, common))) doubts.add("condition");
  // Alternatives are neighbours: what comes between them parts them.
  if (oldOnly.length + newOnly.length > 0 && [...old.values(), ...new_.values()].some(isAlternative)) doubts.add("condition");
  if (maySendRefused(from, to)) doubts.add("subsection");
  if (countsHidden(pair) || common.some((each) => each.old.field.array !== each.new.field.array)) doubts.add("count");
  if (pair.flavours.old !== "full" || pair.flavours.new !== "full") if (common.some(isInexactPadding)) doubts.add("count");
  const renamed = common.filter((each) => isRenamed(each) || isReshaped(each));
  const losses = oldOnly.length + renamed.length;
  const gains = newOnly.length + renamed.length;
  if (losses > 0 && gains > 0 && (losses + gains > 2 || renamed.every((each) => isRenamed(each) && isReshaped(each)))) doubts.add("recut");
  return doubts;
}

function isConditional({ field, behind }: Entry): boolean {
  return field.condition !== undefined || behind.length > 0;
}

function isAlternative({ field, vmsd }: Entry): boolean {
  return field.condition !== undefined && vmsd.fields.some((other) => other !== field && other.name === field.name);
}

function changesBehindCondition(each: Common, common: readonly Common[]): boolean {
  if (!isConditional(each.old) && !isConditional(each.new)) return false;
  return signature(each.old) !== signature(each.new) || common.some((other) => isInverted(each, other));
}

function signature({ field, vmsd, behind, guards }: Entry): string {
  const { name, version, condition, content, size, count, array } = field;
  return JSON.stringify([
    name,
    version,
    condition,
    content,
    size,
    count,
    array,
    behind,
    guards,
    vmsd.name,
    vmsd.version,
    field.vmsd?.version,
  ]);
}

/** The saving build has a subsection that the loading one lacks, calls another's, or takes only in other versions. */
function maySendRefused(from: ModelVmsd, to: ModelVmsd): boolean {
  const lost = from.subsections.some((sent) => {
    const known = to.subsections.find(({ name }) => name === sent.name);
    if (known === undefined || sent.version > known.version || sent.version < known.minimum) return true;
    return from.name !== to.name || maySendRefused(sent, known);
  });
  const structs = from.fields.flatMap((field) => {
    const other = entriesOf(to).get(field.id)?.field.vmsd;
    return field.vmsd === undefined ? [] : [{ sent: field.vmsd, known: other }];
  });
  return lost || structs.some(({ sent, known }) => known !== undefined && maySendRefused(sent, known));
}

function isInexactPadding({ old, new: new_ }: Common): boolean {
  const converted = old.field.content !== new_.field.content;
  return converted && old.field.size * old.field.count !== new_.field.size * new_.field.count;
}

import { CONDITIONS, type Maker, makeField, makeSubsection, makeValue } from "./make.ts";
import type { ModelField, ModelVmsd } from "./schema.ts";
import { vmsdsOf } from "./vmsds-of.ts";

/** One thing that a developer does to a device. Returns false when this vmsd gives no occasion for it. */
export type Edit = (vmsd: ModelVmsd, maker: Maker) => boolean;

/** Applies an edit to any of a device's descriptions: its own, a struct's or a subsection's; to none when nothing fits. */
export function applyEdit(edit: Edit, device: ModelVmsd, maker: Maker): void {
  const vmsds = vmsdsOf(device);
  for (let tries = 0; tries < 8; tries++) {
    // The section's own fields are where most changes are made.
    const vmsd = maker.random.chance(0.4) ? device : maker.random.pick(vmsds);
    if (edit(vmsd, maker)) return;
  }
}

/** An edit of one field that `fits`. */
function ofField(fits: (field: ModelField) => boolean, change: (field: ModelField, vmsd: ModelVmsd, maker: Maker) => void): Edit {
  return (vmsd, maker) => {
    const fields = vmsd.fields.filter(fits);
    if (fields.length === 0) return false;
    change(maker.random.pick(fields), vmsd, maker);
    return true;
  };
}

const replace = (vmsd: ModelVmsd, field: ModelField, ...by: ModelField[]): void => {
  vmsd.fields.splice(vmsd.fields.indexOf(field), 1, ...by);
};

const insert = (vmsd: ModelVmsd, field: ModelField, { random }: Maker): boolean => {
  vmsd.fields.splice(random.chance(0.4) ? vmsd.fields.length : random.int(vmsd.fields.length + 1), 0, field);
  return true;
};

const isValue = ({ content }: ModelField): boolean => content === "value";
const isPadding = ({ content }: ModelField): boolean => content === "padding";
const isStruct = ({ vmsd }: ModelField): boolean => vmsd !== undefined;

const rename = ofField(
  (field) => !isPadding(field),
  (field, _, maker) => {
    field.name = `r${maker.id()}`;
  },
);

const swap: Edit = ({ fields }, { random }) => {
  if (fields.length < 2) return false;
  const first = random.int(fields.length - 1);
  const second = random.chance(0.7) ? first + 1 : first + 1 + random.int(fields.length - first - 1);
  [fields[first], fields[second]] = [fields[second] as ModelField, fields[first] as ModelField];
  return true;
};

const resize = ofField(
  (field) => !isStruct(field),
  (field, _, { random }) => {
    // Half the time as many bytes as before, in other elements.
    if (isValue(field) && field.count > 1 && random.chance(0.5)) Object.assign(field, { size: field.size * field.count, count: 1 });
    else field.size = random.pick([1, 2, 4, 8, 12].filter((size) => size !== field.size));
  },
);

const recount = ofField(
  (field) => isValue(field) || isStruct(field),
  (field, _, { random }) => {
    Object.assign(field, { count: random.pick([1, 2, 3, 4, 8].filter((count) => count !== field.count)), array: true });
  },
);

const add: Edit = (vmsd, maker) => insert(vmsd, { ...makeField(maker, vmsd.version, 1), version: 0 }, maker);

/** In a struct the same as `add`: its version is not on the wire. */
const addGuarded: Edit = (vmsd, maker) => insert(vmsd, { ...makeValue(maker), version: ++vmsd.version }, maker);

const remove = ofField(
  () => true,
  (field, vmsd) => replace(vmsd, field),
);

const toPadding = ofField(isValue, (field, vmsd, { random }) => {
  const size = field.size * field.count + (random.chance(0.15) ? random.pick([1, 2, 4]) : 0);
  replace(vmsd, field, { ...field, name: "unused", content: "padding", size, count: 1, array: false });
});

const fromPadding = ofField(isPadding, (field, vmsd, maker) => {
  const halves = field.size % 2 === 0 && maker.random.chance(0.3);
  const value: Partial<ModelField> = { content: "value", name: `n${maker.id()}` };
  replace(vmsd, field, halves ? { ...field, ...value, size: field.size / 2, count: 2, array: true } : { ...field, ...value });
});

const toggleCondition = ofField(
  () => true,
  (field, _, { random }) => {
    field.condition = field.condition !== undefined && random.chance(0.8) ? undefined : random.pick(CONDITIONS);
  },
);

const guard = ofField(
  ({ condition }) => condition === undefined,
  (field, vmsd, { random }) => {
    field.version = random.int(vmsd.version + 2);
  },
);

const wrap: Edit = (vmsd, maker) => {
  const { random } = maker;
  const start = random.int(vmsd.fields.length + 1);
  const fields = vmsd.fields.splice(start, 1 + random.int(3));
  if (fields.length === 0) return false;
  const condition = fields[0]?.condition;
  const together = condition !== undefined && fields.every((field) => field.condition === condition);
  if (together) for (const field of fields) field.condition = undefined;
  const id = maker.id();
  const version = Math.max(1, vmsd.version, ...fields.map((field) => field.version));
  const name = `w${String(id).padStart(4, "0")}`;
  const inner: ModelVmsd = { id: maker.id(), name, version, minimum: random.int(version), needed: undefined, fields, subsections: [] };
  const struct = { ...makeValue(maker), id, name: random.chance(0.2) ? (fields[0]?.name ?? name) : name, count: 1, array: false };
  vmsd.fields.splice(start, 0, { ...struct, content: "struct", condition: together ? condition : undefined, vmsd: inner });
  return true;
};

const unwrap = ofField(
  ({ vmsd, count, condition }) => vmsd !== undefined && vmsd.subsections.length === 0 && count === 1 && condition === undefined,
  (field, vmsd) => replace(vmsd, field, ...(field.vmsd?.fields ?? [])),
);

const renameDescription = ofField(isStruct, (field, _, maker) => {
  if (field.vmsd !== undefined) field.vmsd.name = `t${String(maker.id()).padStart(4, "0")}`;
});

const bumpVersion: Edit = (vmsd) => ++vmsd.version > 0;

const raiseMinimum: Edit = (vmsd, { random }) => {
  if (vmsd.minimum >= vmsd.version) return false;
  vmsd.minimum += 1 + random.int(vmsd.version - vmsd.minimum);
  return true;
};

const addSubsection: Edit = (vmsd, maker) => vmsd.subsections.push(makeSubsection(maker, vmsd.name, 1)) > 0;

const removeSubsection: Edit = (vmsd, { random }) =>
  vmsd.subsections.length > 0 && vmsd.subsections.splice(random.int(vmsd.subsections.length), 1).length > 0;

const reorderSubsections: Edit = (vmsd) => vmsd.subsections.length > 1 && vmsd.subsections.reverse().length > 0;

const changeNeeded: Edit = ({ subsections }, { random }) => {
  if (subsections.length === 0) return false;
  random.pick(subsections).needed = random.pick([...CONDITIONS, undefined]);
  return true;
};

/** Listed twice what most real changes are. */
export const EDITS: readonly Edit[] = [
  ...[rename, rename, swap, swap, resize, recount, add, add, addGuarded, addGuarded, remove, remove, toPadding, toPadding],
  ...[fromPadding, toggleCondition, guard, wrap, unwrap, renameDescription, bumpVersion, raiseMinimum],
  ...[addSubsection, removeSubsection, reorderSubsections, changeNeeded],
];

import { elementBytes, isOpaque, isUnused } from "../../describe/index.ts";
import type { FieldPair, Layout, Slot } from "../pair.ts";

/**
 * The fields of a layout that are on the wire at a version, alternatives joined. QEMU lets a predicate alone decide where there is
 * one; without it a field exists from its own version on. A predicate that a machine type decides is none any more.
 */
export function slotsAt(layout: Layout, version: number): Slot[] {
  const slots: Slot[] = [];
  const fields = layout.vmsd.Fields ?? [];
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index];
    if (field === undefined) continue;
    if (field.decided === "absent") continue;
    if (field.field_exists !== true && field.version_id > version) continue;
    const conditional = field.field_exists === true && field.decided === undefined;
    push(slots, { field, holder: layout.pointer, index, label: field.field, conditional });
  }
  return slots;
}

/** Joins alternatives that became neighbours when the structs between them were taken apart. */
export function joinAlternatives(slots: readonly Slot[]): Slot[] {
  const joined: Slot[] = [];
  for (const slot of slots) push(joined, slot);
  return joined;
}

function push(slots: Slot[], slot: Slot): void {
  const last = slots.at(-1);
  if (slot.conditional && last?.conditional === true && last.label === slot.label && !isPadding(slot)) {
    slots[slots.length - 1] = { ...last, variants: [...variantsOf(last), ...variantsOf(slot)] };
  } else slots.push(slot);
}

/** The alternatives of a slot; one that has none is its only one. */
export function variantsOf(slot: Slot): readonly Slot[] {
  return slot.variants ?? [slot];
}

/** The fields that a layout declares but does not send at this version. */
export function guardedSlots(layout: Layout, version: number): Slot[] {
  const slots: Slot[] = [];
  const fields = layout.vmsd.Fields ?? [];
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index];
    if (field === undefined || field.field_exists === true || field.version_id <= version) continue;
    slots.push({ field, holder: layout.pointer, index, label: field.field, conditional: false });
  }
  return slots;
}

/** Elements, if the metadata says how many; a vmstate kind without a count is one. */
export function countOf(slot: Slot): number | undefined {
  const { num, kind, count } = slot.field;
  return num ?? (kind !== undefined && count === undefined ? 1 : undefined);
}

export function predicatesOf(slot: Slot): number {
  return slot.predicates ?? (slot.conditional ? 1 : 0);
}

/** Wire bytes of a leaf taking an unknown count as one element; undefined for structs and opaque fields. */
export function leastBytes(slot: Slot): number | undefined {
  const bytes = elementBytes(slot.field);
  return bytes === undefined ? undefined : bytes * (countOf(slot) ?? 1);
}

export function sumBytes(slots: readonly Slot[]): number | undefined {
  let sum = 0;
  for (const slot of slots) {
    const bytes = leastBytes(slot);
    if (bytes === undefined) return undefined;
    sum += bytes;
  }
  return sum;
}

/** Equal, or not known to differ. */
export function countsAgree(a: Slot, b: Slot): boolean {
  const left = countOf(a);
  const right = countOf(b);
  return left === undefined || right === undefined || left === right;
}

export function isStruct(slot: Slot): boolean {
  return slot.field.Description !== undefined;
}

export function isPadding(slot: Slot): boolean {
  return isUnused(slot.field);
}

export function isOpaqueSlot(slot: Slot): boolean {
  return isOpaque(slot.field);
}

/** An array that a stream's description does not mention: with no elements it would have been left out there. */
export function mayBeEmpty({ streamed }: Pick<FieldPair, "streamed">, slot: Slot): boolean {
  return streamed && countOf(slot) === undefined;
}

/** The name under which its namesake on the other side is found. */
export function knownAs(slot: Slot): string {
  return slot.alias ?? slot.label;
}

/** What a slot's namesake on the other side must have too: its name, and a struct's description. Padding has no name. */
export function keyOf(slot: Slot, looseNames: boolean): string {
  const name = looseName(knownAs(slot), looseNames);
  return isStruct(slot) ? `${name}{${slot.field.Description?.name}}` : name;
}

/** A stream's description numbers repeated names. */
export function looseName(name: string, looseNames: boolean): string {
  return looseNames ? name.replace(/\[\d+\]$/, "") : name;
}

/** Whether the keys are equal; they are put together only where the labels leave it open. */
export function sameKey(a: Slot, b: Slot, looseNames: boolean): boolean {
  if (knownAs(a) === knownAs(b) && isStruct(a) === isStruct(b) && a.field.Description?.name === b.field.Description?.name) return true;
  return keyOf(a, looseNames) === keyOf(b, looseNames);
}

/** Padding has no name; as much of it elsewhere may be the same. */
export function nameOf(slot: Slot): string {
  return isPadding(slot) ? `\0${leastBytes(slot)}${slot.conditional}` : knownAs(slot);
}

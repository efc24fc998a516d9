import { elementBytes } from "../../../describe/index.ts";
import { countOf, isOpaqueSlot } from "../../align/slots.ts";
import type { Slot } from "../../pair.ts";

/** "'x' (4 bytes)", "'x' (16 x 4 bytes)", "'x' (struct PCIDevice)", "'x' (opaque)". */
export function describeSlot(slot: Slot): string {
  const { Description: inner } = slot.field;
  if (inner !== undefined) return `'${slot.label}' (struct ${inner.name})`;
  if (isOpaqueSlot(slot)) return `'${slot.label}' (opaque)`;
  return `'${slot.label}' (${describeSize(slot)})`;
}

export function describeSize(slot: Slot): string {
  const bytes = elementBytes(slot.field) ?? 0;
  const unit = bytes === 1 ? "byte" : "bytes";
  const count = countOf(slot);
  return count === undefined || count === 1 ? `${bytes} ${unit}` : `${count} x ${bytes} ${unit}`;
}

export function describeSlots(slots: readonly Slot[]): string {
  return slots.map(describeSlot).join(", ");
}

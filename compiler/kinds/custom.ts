import type { KindIr } from "../ir.ts";
import { sizeOf } from "./index.ts";
import { likeInner } from "./like-inner.ts";

/** A format that is written by hand in the device: to others one opaque field. */
export const custom = likeInner<KindIr & { kind: "custom" }>(
  ({ layout }) => layout,
  ({ type, layout }, program) => ({ kind: type, size: sizeOf(layout, program) ?? 0 }),
);

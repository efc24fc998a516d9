import type { KindIr } from "../ir.ts";
import { likeInner } from "./like-inner.ts";

/** A format that is written by hand in the device: to others one opaque field. */
export const custom = likeInner<KindIr & { kind: "custom" }>(
  ({ layout }) => layout,
  ({ type }) => ({ kind: type, size: 0 }),
);

import type { KindIr } from "../ir.ts";
import { kindOf } from "./index.ts";
import { likeInner } from "./like-inner.ts";

const BYTES = 8;

/** The device holds a pointer to the target; that shows in its size in memory, which a dump prints, and nowhere else. */
export const pointer = likeInner<KindIr & { kind: "pointer" }>(
  ({ target }) => target,
  ({ target }, program) => ({ ...kindOf(target).describe(target, program), size: BYTES }),
);

import { none } from "./none.ts";
import type { Period, Policy, Slowing } from "./policy.ts";
import { qemu16 } from "./qemu-1.6.ts";
import { QEMU_25_DEFAULTS, type Qemu25Options, qemu25 } from "./qemu-2.5.ts";
import { type WriterLimitOptions, writerLimit } from "./writer-limit.ts";

export interface PolicyOptions extends WriterLimitOptions {
  readonly qemu25?: Partial<Qemu25Options>;
}

/** Says, at each sync of the dirty bitmap, how the guest is to be slowed from there on. Has a state: it serves one migration. */
export type Decide = (period: Period) => Slowing;

export type PolicyName = "none" | "qemu-1.6" | "qemu-2.5" | "writer-limit";

export const POLICIES: Readonly<Record<PolicyName, (options: PolicyOptions) => Decide>> = {
  none: () => follow(none),
  "qemu-1.6": () => follow(qemu16),
  "qemu-2.5": (options) => follow(qemu25({ ...QEMU_25_DEFAULTS, ...options.qemu25 })),
  "writer-limit": (options) => follow(writerLimit(options)),
};

export function follow<S>(policy: Policy<S>): Decide {
  let state = policy.first;
  return (period) => {
    state = policy.next(state, period);
    return policy.slowing(state);
  };
}

import type { Slowing } from "./convergence/policy.ts";
import type { Span } from "./ledger.ts";
import type { Reason } from "./protocol.ts";

/** As QEMU names them, of the source. */
export type Status =
  | "none"
  | "setup"
  | "active"
  | "pre-switchover"
  | "device"
  | "postcopy-active"
  | "postcopy-paused"
  | "postcopy-recover"
  | "cancelling"
  | "cancelled"
  | "completed"
  | "failed"
  /** The guest is paused here, and it is not known whether it runs there. */
  | "in-doubt"
  /** The guest runs there without a part of its memory, and that is gone. */
  | "lost";

/** What happens in a move, in the order in which it does; QEMU's events by QEMU's names. `at` is in ms by the clock of the side that tells. */
export type MoveEvent =
  | { readonly event: "MIGRATION"; readonly at: number; readonly status: Status; readonly reason?: Reason }
  | {
      readonly event: "MIGRATION_PASS";
      readonly at: number;
      readonly pass: number;
      readonly remaining: number;
      readonly dirtyPages: number;
    }
  | { readonly event: "STOP"; readonly at: number }
  | { readonly event: "RESUME"; readonly at: number }
  | { readonly event: "slowing"; readonly at: number; readonly slowing: Slowing }
  | { readonly event: "pause"; readonly at: number; readonly milliseconds: number; readonly spans: readonly Span[] }
  | { readonly event: "clean-up"; readonly at: number; readonly done: boolean }
  | { readonly event: "retry"; readonly at: number; readonly attempt: number; readonly message: string };

/** An event before its time is added to it. */
export type Told = MoveEvent extends infer E ? (E extends MoveEvent ? Omit<E, "at"> : never) : never;

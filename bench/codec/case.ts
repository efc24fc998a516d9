import type { E1000State } from "./state.ts";

/** A library, or a codec, at the work that is measured. It has a process to itself, in which it sees one pool of states. */
export interface Case {
  readonly name: string;
  /** What its users must know to read its numbers: a loss, or a help. */
  readonly note?: string;
  /** Makes what the works need, from states that all come from one factory. */
  readonly setup: (states: readonly E1000State[]) => Prepared;
}

/** The three works over the pool, by index. Whatever they need has been made before, in the form that the library likes best. */
export interface Prepared {
  /** Returns the bytes written; they stay until the next call. */
  readonly encode?: (index: number) => Uint8Array | number;
  readonly decode?: (index: number) => unknown;
  readonly decodeInto?: (index: number) => unknown;
  /** Bytes that `encode` wrote last, when it returned their number only. */
  readonly written?: () => Uint8Array;
  /** The encoding that `decode` reads. */
  readonly wire: (index: number) => Uint8Array;
  /** What was decoded as a state, for the check; a mask where the library cannot keep every bit of a u64. */
  readonly asState: (decoded: unknown) => E1000State;
  readonly addrMask?: bigint;
}

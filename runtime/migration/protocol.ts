// How two of our ends talk. Frames stand before and behind a plain QEMU stream on one connection, and in post-copy between two of its items;
// FORMAT.md, Move.
//
//   source                                   destination
//     hello {machine, metadata's hash, …} →
//                                          ← metadata?            only when its own has another hash
//     metadata                            →
//                                          ← accept | refuse
//     QEVM … setup, passes, …             →  ← PONG, REQ_PAGES …  the stream, and its return path
//     (the guest is paused) … EOF         →
//                                          ← SHUT 0, ready        loaded; its record says so
//     grant                               →                       the source's record has given the guest away
//                                          ← running
//
// In post-copy the stream goes on behind the grant with the rest of the memory, and SHUT comes when that is there.
//
// From `ready` on both sides follow hand-over/states.ts. A further connection of the same move begins with `join`. One that comes after a break
// begins with `again`: before the pause the stream begins anew on it, with the pages that the destination does not have; behind it there are
// but the messages of the hand-over. An end that knows a frame's kind but not one of its members ignores that member; a kind that it does not
// know ends the connection.

/** Says which rules both sides follow; another one is refused. */
export const PROTOCOL = "vmstate-move/1";

export interface BlockList {
  readonly id: string;
  readonly size: number;
  readonly pageSize: number;
}

/** What the source wants to use; the destination accepts all or refuses. */
export interface Capabilities {
  /** Further connections that pages go over; 0 for none. */
  readonly channels: number;
  readonly xbzrle: boolean;
  readonly postcopy: boolean;
}

/** What each kind of frame says. */
export interface Messages {
  readonly hello: {
    readonly protocol: string;
    /** Of this move, in both records. */
    readonly move: string;
    readonly machine: string;
    readonly profile?: string;
    /** Hash of the source's metadata; absent when it has none. */
    readonly metadata?: string;
    readonly blocks: readonly BlockList[];
    readonly capabilities: Capabilities;
    /** Whether the guest runs; one that stands still does so at the destination. */
    readonly runs: boolean;
    /** Of the host's current run, by which clocks are known to be the same; empty where there is none. */
    readonly boot: string;
  };
  readonly "metadata?": Record<never, never>;
  readonly metadata: { readonly text: string };
  readonly accept: { readonly boot: string };
  readonly refuse: Reason;
  /** On a further connection: its place among them. */
  readonly join: { readonly move: string; readonly channel: number };
  /** On a connection behind one that broke. */
  readonly again: { readonly move: string; readonly purpose: "stream" | "hand-over" | "postcopy" };
  readonly ready: { readonly spans: readonly SentSpan[] };
  readonly grant: Record<never, never>;
  readonly ask: Record<never, never>;
  readonly cancel: Record<never, never>;
  readonly running: { readonly spans: readonly SentSpan[]; readonly at: number };
  readonly "running-postcopy": { readonly spans: readonly SentSpan[]; readonly at: number };
  /** The destination never took the guest, and never will; also instead of the stream's load. */
  readonly abort: Reason;
}

/** Why a side will not go on. */
export interface Reason {
  readonly code: string;
  readonly phase: string;
  /** Section and field, or empty. */
  readonly path: string;
  readonly message: string;
}

/** A span of the pause by the destination's clock, in ms. */
export interface SentSpan {
  readonly phase: string;
  readonly device?: string;
  readonly from: number;
  readonly to: number;
}

export type Kind = keyof Messages;
export type Frame = { readonly [K in Kind]: { readonly kind: K } & Messages[K] }[Kind];

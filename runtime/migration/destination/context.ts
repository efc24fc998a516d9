import type { Guest } from "../../guest/guest.ts";
import type { Channel } from "../../transport/channel.ts";
import type { Clock } from "../clock.ts";
import type { Connection } from "../connection.ts";
import type { Told } from "../events.ts";
import type { DestinationEvent, DestinationState } from "../hand-over/destination.ts";
import type { HandOver } from "../hand-over/driver.ts";
import type { Ledger } from "../ledger.ts";
import type { MigrationError } from "../migration-error.ts";
import type { Reason } from "../protocol.ts";
import type { RamReceiver } from "../ram-receiver.ts";
import type { Channels } from "./channels.ts";

export interface DestinationOptions {
  /** Made like the source's, with memory that is all zero; it has never run. */
  readonly guest: Guest;
  /** The next connection. */
  readonly accept: () => Promise<Channel>;
  readonly clock: Clock;
  /** The record of who may run the guest; a folder. */
  readonly record: string;
  /** Of the host's current run; empty where there is none. */
  readonly boot: string;
  /** How long the source may be silent, in ms. */
  readonly timeout: number;
  /** Its own metadata: the hash, and what the checker says of that of another build; nothing when that one's state can be loaded here. */
  readonly metadata?: { readonly hash: string; readonly judge: (source: string) => Promise<Omit<Reason, "phase"> | undefined> };
  readonly events?: (event: Told) => void;
}

/** What is known of a move at its destination. */
export interface DestinationContext extends DestinationOptions {
  /** Of the move that was accepted. */
  move: string | undefined;
  handOver: HandOver<DestinationEvent, DestinationState> | undefined;
  readonly ram: RamReceiver;
  readonly ledger: Ledger;
  connection: Connection | undefined;
  readonly channels: Channels;
  /** Whether the return path is still that of the stream, which SHUT ends. */
  isStream: boolean;
  /** Whether the guest ran at the source, and so is to run here. */
  runs: boolean;
  ranAt: number | undefined;
  failure: MigrationError | undefined;
  /** Pages of each block that threads of the guest wait for, in post-copy. */
  readonly waitedFor: readonly Set<number>[];
}

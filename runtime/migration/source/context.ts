import type { Guest } from "../../guest/guest.ts";
import type { Channel } from "../../transport/channel.ts";
import type { Clock } from "../clock.ts";
import type { Connection } from "../connection.ts";
import type { Decide } from "../convergence/policies.ts";
import type { DirtyPages } from "../dirty-pages.ts";
import type { Status, Told } from "../events.ts";
import type { HandOver } from "../hand-over/driver.ts";
import type { SourceEvent, SourceState } from "../hand-over/source.ts";
import type { Ledger } from "../ledger.ts";
import { MigrationError } from "../migration-error.ts";
import type { PageSender } from "../page-sender.ts";
import type { Parameters } from "../parameters.ts";
import type { SentSpan } from "../protocol.ts";
import type { RamStatistics, XbzrleStatistics } from "../statistics.ts";
import type { Unacknowledged } from "../unacknowledged.ts";
import type { Delta } from "../xbzrle-cache.ts";
import type { Channels } from "./channels.ts";
import type { Link } from "./link.ts";
import type { Requests } from "./requests.ts";

export interface SourceOptions {
  readonly guest: Guest;
  /** A connection to the destination; called again for further ones, and after a break. */
  readonly connect: () => Promise<Channel>;
  readonly clock: Clock;
  readonly parameters: Parameters;
  /** What slows the guest down when the move would not end. */
  readonly policy: Decide;
  /** Of this move, in both records. */
  readonly move: string;
  /** The record of who may run the guest; a folder. */
  readonly record: string;
  /** Of the host's current run; empty where there is none. */
  readonly boot: string;
  /** What the destination's checker compares with its own. */
  readonly metadata?: { readonly hash: string; readonly text: () => Promise<string> };
  readonly events?: (event: Told) => void;
}

/** What is known of a move at its source, while it lasts. */
export interface SourceContext extends SourceOptions {
  /** As they are now: those that can be, may be changed while it lasts. */
  parameters: Parameters;
  readonly wasRunning: boolean;
  readonly startedAt: number;
  status: Status;
  /** Why the move cannot go on; looked at between any two pieces of work. */
  failure: unknown;
  wasCancelled: boolean;
  readonly asked: { postcopy: boolean };
  /** Once the user lets a guest be paused for good that waits before the switchover. */
  readonly goOn: Promise<void>;
  handOver: HandOver<SourceEvent, SourceState>;
  /** Resolves when the guest stands still; undefined before anybody wants it to. */
  pausing: Promise<void> | undefined;
  /** None while one that broke has not been made again. */
  connection: Connection | undefined;
  /** Of this connection. */
  link: Link;
  /** False once a connection has broken, and the destination has some of the memory. */
  isFirst: boolean;
  /** Whether the destination's clock is the one here. */
  isSameHost: boolean;
  /** Whether the guest goes before the rest of its memory. */
  isPostcopy: boolean;
  /** Ms of the pause that no page takes, as far as it can be told before. */
  fixedCost: number;
  /** Ends what the move needed and the destination does not: once, whatever the end. */
  readonly cleanUp: () => Promise<void>;
  /** Whether the guest goes slower than it would. */
  isSlowed: boolean;
  /** Over the memory; 1 is the first. */
  pass: number;
  readonly dirty: DirtyPages;
  readonly unacknowledged: Unacknowledged;
  readonly pages: PageSender;
  delta: Delta | undefined;
  channels: Channels | undefined;
  readonly xbzrle: XbzrleStatistics | undefined;
  readonly ram: RamStatistics;
  readonly ledger: Ledger;
  /** What the destination has said of the pause. */
  readonly told: SentSpan[];
  /** When the guest ran again, by the destination's clock. */
  ranAt: number | undefined;
  /** Pages that the destination waits for, in post-copy. */
  readonly requests: Requests;
  /** Of each block by its place, what the destination has of it, as it says on a connection behind one that broke in post-copy. */
  readonly received: Map<number, Uint8Array>;
}

/** Bytes of the stream so far, those included that went over further connections. */
export function sentBytes({ connection, channels }: SourceContext): number {
  return (connection?.outgoing.out.offset ?? 0) + (channels?.sent ?? 0);
}

/** The connection of a phase that has one. */
export function connectionOf({ connection }: SourceContext): Connection {
  if (connection === undefined)
    throw new MigrationError("connection", "source", "connect", "", "There is no connection to the destination.");
  return connection;
}

export function changeStatus(c: SourceContext, status: Status): void {
  if (c.status === status) return;
  c.status = status;
  c.events?.({ event: "MIGRATION", status });
}

/** Throws when there is no sense in going on. */
export function check(c: SourceContext): void {
  if (c.failure !== undefined) throw c.failure;
}

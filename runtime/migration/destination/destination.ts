import { StreamError } from "../../stream/errors.ts";
import { ChannelError } from "../../transport/channel.ts";
import type { Clock } from "../clock.ts";
import { Connection } from "../connection.ts";
import { LONGEST_FIRST_FRAME } from "../frames.ts";
import { startDestination } from "../hand-over/driver.ts";
import { RecordError } from "../hand-over/record-error.ts";
import { Ledger } from "../ledger.ts";
import { MigrationError } from "../migration-error.ts";
import { RamReceiver } from "../ram-receiver.ts";
import { within } from "../within.ts";
import { answer } from "./answer.ts";
import { Channels } from "./channels.ts";
import type { DestinationContext, DestinationOptions } from "./context.ts";
import { type Arrived, handsOf } from "./hands.ts";
import { hear, MESSAGES } from "./hear.ts";
import { load } from "./load.ts";
import { tellReceived } from "./postcopy.ts";

export interface Arrival {
  /** `completed` where the guest is here, and runs if it ran at the source; `lost` where it did, and has not got all of its memory. */
  readonly status: Arrived;
  readonly error?: MigrationError;
}

/** A move, at its destination. */
export interface Destination {
  /** Never fails. */
  readonly outcome: Promise<Arrival>;
  /** Gives up what has not been taken yet. */
  readonly cancel: () => void;
}

/** Waits for a guest, and takes it. */
export function awaitMove(options: DestinationOptions): Destination {
  let arrived: (status: Arrived) => void = () => {};
  const isOver = new Promise<Arrived>((resolve) => {
    arrived = resolve;
  });
  const ram = new RamReceiver(options.guest.blocks);
  const c: DestinationContext = {
    ...options,
    move: undefined,
    handOver: undefined,
    ram,
    ledger: new Ledger(options.clock),
    connection: undefined,
    isStream: false,
    runs: false,
    ranAt: undefined,
    failure: undefined,
    channels: new Channels(ram, options.guest.blocks[0]?.pageSize),
    waitedFor: options.guest.blocks.map(() => new Set<number>()),
  };
  void serve(c, arrived);
  return {
    outcome: over(c, isOver),
    cancel: () => {
      c.failure ??= new MigrationError("cancelled", "destination", "load", "", "The move was cancelled at the destination.");
      if (c.handOver === undefined) arrived("failed");
      else void c.handOver.post({ on: "failed" });
    },
  };
}

async function over(c: DestinationContext, isOver: Promise<Arrived>): Promise<Arrival> {
  const status = await isOver;
  return { status, ...(c.failure === undefined || status === "completed" ? {} : { error: c.failure }) };
}

/** Takes connection after connection: a further one is there because the one before has broken. */
async function serve(c: DestinationContext, arrived: (status: Arrived) => void): Promise<void> {
  for (;;) {
    let connection: Connection;
    try {
      connection = new Connection(await c.accept());
    } catch (error) {
      // Nobody can come any more; what is here goes on by its record.
      if (c.handOver === undefined) {
        c.failure ??= new MigrationError(
          "connection",
          "destination",
          "accept",
          "",
          error instanceof Error ? error.message : String(error),
          error,
        );
        arrived("failed");
      } else if (c.handOver.state.phase === "loading") await c.handOver.post({ on: "failed" });
      return;
    }
    void greet(c, connection, arrived);
  }
}

/** One that says nothing sensible is turned away, whoever it is. */
async function greet(c: DestinationContext, connection: Connection, arrived: (status: Arrived) => void): Promise<void> {
  const { clock, timeout } = c;
  try {
    const first = await within(
      clock,
      timeout,
      connection.hear(["hello", "again", "join"], LONGEST_FIRST_FRAME),
      () => new Error("silence"),
    );
    if (c.move !== undefined && first.move !== c.move) throw new Error("another move");
    if (first.kind === "join") return await join(c, connection, first.move);
    if (first.kind === "again" && first.purpose !== "stream") {
      if (first.purpose === "postcopy" && c.handOver?.state.isPostcopy !== true) throw new Error("nothing to go on with");
      replace(c, connection, first.purpose === "postcopy");
      await c.handOver?.post({ on: "connected" });
      if (first.purpose === "postcopy") {
        tellReceived(c);
        await load(c, connection, true);
      }
    } else {
      c.channels.reset(first.kind === "hello" ? first.capabilities.channels : c.channels.expected);
      if (first.kind === "hello") {
        const refusal = await answer(c, connection, first);
        if (refusal !== undefined) {
          c.failure = new MigrationError("incompatible", "destination", "hello", refusal.path, refusal.message);
          if (c.handOver === undefined) arrived("failed");
          return;
        }
      } else await connection.say({ kind: "accept", boot: c.boot });
      c.move = first.move;
      if (first.kind === "hello") c.runs = first.runs;
      c.handOver ??= startDestination({ folder: c.record, migration: first.move, clock, hands: handsOf(c, arrived) });
      replace(c, connection, true);
      await load(c, connection);
    }
    await talk(c, connection);
  } catch (error) {
    connection.channel.destroy();
    if (error instanceof RecordError && c.handOver === undefined) {
      c.failure ??= new MigrationError("record", "destination", "hello", "", error.message, error);
      arrived("failed");
    } else await left(c, connection, error);
  }
}

/** A further connection of the move that is under way. */
async function join(c: DestinationContext, connection: Connection, move: string): Promise<void> {
  if (move !== c.move) throw new Error("another move");
  await c.channels.read(connection);
}

function replace(c: DestinationContext, connection: Connection, isStream: boolean): void {
  c.connection?.channel.destroy();
  c.connection = connection;
  c.isStream = isStream;
}

/** The hand-over, as long as the connection lasts. */
async function talk(c: DestinationContext, connection: Connection): Promise<never> {
  for (;;) await hear(c, await connection.hear(MESSAGES));
}

/** A connection is over. The source may come again; a load that waits for it too long is given up. */
async function left(c: DestinationContext, connection: Connection, error: unknown): Promise<void> {
  if (c.connection !== connection || c.handOver === undefined) return;
  c.connection = undefined;
  if (c.handOver.state.phase !== "loading") {
    await c.handOver.post({ on: "disconnected" });
    return;
  }
  if (!isBroken(error)) return giveUp(c, error);
  await elapse(c.clock, c.timeout);
  if (c.connection === undefined) await giveUp(c, error);
}

async function giveUp(c: DestinationContext, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  c.failure ??= error instanceof MigrationError ? error : new MigrationError("connection", "destination", "load", "", message, error);
  await c.handOver?.post({ on: "failed" });
}

function isBroken(error: unknown): boolean {
  if (error instanceof MigrationError) return error.code === "connection";
  return error instanceof ChannelError || (error instanceof StreamError && error.code === "truncated");
}

function elapse(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => void clock.after(milliseconds, resolve));
}

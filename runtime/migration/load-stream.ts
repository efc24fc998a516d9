import type { Guest } from "../guest/guest.ts";
import { StreamError } from "../stream/errors.ts";
import { COMMANDS } from "../stream/format.ts";
import type { Item, SectionItem } from "../stream/item.ts";
import type { Sink } from "../stream/read/context.ts";
import { StreamReader } from "../stream/read/stream-reader.ts";
import { SectionRefusal } from "../stream/section-codec.ts";
import { DeviceReceiver } from "./device-receiver.ts";
import type { Incoming } from "./incoming.ts";
import type { Ledger } from "./ledger.ts";
import { MigrationError } from "./migration-error.ts";
import { type RamReceiver, RamRefusal } from "./ram-receiver.ts";

export interface LoadOptions {
  readonly guest: Guest;
  readonly ram: RamReceiver;
  readonly incoming: Incoming;
  readonly ledger: Ledger;
  /** A command of the stream, between sections. */
  readonly command: (name: string, payload: Uint8Array) => void;
}

/**
 * Reads a stream up to its end and loads it into a guest that has never run. What is wrong with it ends the load: nothing of it is taken
 * then but RAM. Throws MigrationError, and ChannelError for a connection that is lost.
 */
export async function loadStream({ guest, ram, incoming, ledger, command }: LoadOptions): Promise<void> {
  const devices = new DeviceReceiver(guest.devices);
  let isEnded = false;
  const sink: Sink = {
    item: (item) => {
      if (item.item === "eof") isEnded = true;
      take(item);
    },
    section: (item: SectionItem, body) => {
      ledger.enter("load", item.name);
      devices.section(item, body);
      ledger.enter("receive");
    },
    page: (record, bytes) => ram.page(record, bytes),
    pages: (series, bytes) => ram.pages(series, bytes),
    problem: ({ code, at, path, message }) => {
      throw new StreamError(code, at, path, message);
    },
  };
  const take = (item: Exclude<Item, SectionItem>): void => {
    switch (item.item) {
      case "configuration":
        if (item.machine !== guest.machine.name)
          throw new RamRefusal("configuration", `The stream is of a ${item.machine}; the machine here is a ${guest.machine.name}.`);
        return;
      case "ram-block":
        ram.list(item);
        return;
      case "end":
        ram.endList();
        ledger.enter("receive");
        return;
      case "command":
        command(COMMANDS[item.command]?.name ?? "", item.payload);
        return;
      case "bitmap-chunk":
      case "disk":
      case "opaque":
        throw new RamRefusal(item.item, "The stream has a section in parts that is not RAM, which the machine here does not have.");
    }
  };
  const pageSize = guest.blocks[0]?.pageSize;
  const reader = new StreamReader(incoming.window, sink, { payloads: true, isDescriptionSought: true, codec: devices, pageSize });
  try {
    await incoming.read(() => {
      while (!isEnded) reader.step();
    });
    ledger.enter("commit");
    devices.commit();
  } catch (error) {
    throw refused(error);
  }
}

/** A stream that is none, or does not fit the machine, by the words of whoever found that. */
function refused(error: unknown): unknown {
  if (error instanceof StreamError && error.code === "truncated")
    return new MigrationError("connection", "destination", "load", error.path, "The connection ended within the stream.", error);
  if (error instanceof StreamError && error.code === "refused")
    return new MigrationError("device", "destination", "load", error.path, error.message, error);
  if (error instanceof StreamError)
    return new MigrationError("stream", "destination", "load", error.path, `Offset ${error.at}: ${error.message}`, error);
  if (error instanceof SectionRefusal) return new MigrationError("device", "destination", "load", error.path, error.message, error);
  if (error instanceof RamRefusal) return new MigrationError("wrong-block", "destination", "load", error.path, error.message, error);
  return error;
}

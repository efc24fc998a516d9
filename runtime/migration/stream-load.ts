import type { Guest } from "../guest/guest.ts";
import { StreamError } from "../stream/errors.ts";
import { COMMANDS } from "../stream/format.ts";
import type { Item, SectionItem } from "../stream/item.ts";
import type { Sink } from "../stream/read/context.ts";
import { StreamReader } from "../stream/read/stream-reader.ts";
import { SectionRefusal } from "../stream/section-codec.ts";
import type { Window } from "../stream/window.ts";
import { DeviceReceiver } from "./device-receiver.ts";
import { isFrame } from "./frames.ts";
import type { Incoming } from "./incoming.ts";
import type { Ledger } from "./ledger.ts";
import { MigrationError } from "./migration-error.ts";
import { type RamReceiver, RamRefusal } from "./ram-receiver.ts";

export interface LoadOptions {
  readonly guest: Guest;
  readonly ram: RamReceiver;
  readonly incoming: Incoming;
  readonly ledger: Ledger;
  /** A command of the stream. */
  readonly command: (name: string, payload: Uint8Array) => void;
  /** Reads a frame that stands between two items. */
  readonly frame: (window: Window) => void;
  /** On a connection that goes on with the memory where another broke. */
  readonly isContinued?: boolean;
}

/**
 * Where the load of a stream stops: the guest may run without the rest of its memory, all has come, or further connections have to come as far
 * before it goes on.
 */
export type Stop = "run" | "end" | "flush";

/**
 * Loads a stream into a guest that has never run. What is wrong with it ends the load: nothing of it is taken then but RAM. Throws
 * MigrationError, and ChannelError for a connection that is lost.
 */
export class StreamLoad {
  readonly #options: LoadOptions;
  readonly #devices: DeviceReceiver;
  readonly #reader: StreamReader;
  #stop: Stop | undefined;

  constructor(options: LoadOptions) {
    this.#options = options;
    const { guest, incoming, isContinued } = options;
    this.#devices = new DeviceReceiver(guest.devices);
    const pageSize = guest.blocks[0]?.pageSize;
    const reading = { payloads: true, isDescriptionSought: true, codec: this.#devices, pageSize } as const;
    this.#reader = new StreamReader(incoming.window, this.#sink(), isContinued === true ? { ...reading, as: "recovery" } : reading);
  }

  /** Loads up to the next stop. */
  async next(): Promise<Stop> {
    const { incoming, ledger, frame } = this.#options;
    this.#stop = undefined;
    try {
      const stop = await incoming.read((window) => {
        while (this.#stop === undefined) {
          if (this.#reader.isBetweenItems && isFrame(window)) {
            frame(window);
            window.commit();
          } else this.#reader.step();
        }
        return this.#stop;
      });
      if (stop === "flush") return stop;
      if (stop === "run" || !this.#isCommitted) this.#commit(ledger);
      return stop;
    } catch (error) {
      throw refused(error);
    }
  }

  #isCommitted = false;

  #commit(ledger: Ledger): void {
    ledger.enter("commit");
    if (this.#options.isContinued !== true) this.#devices.commit();
    this.#isCommitted = true;
  }

  #sink(): Sink {
    const { ram, ledger } = this.#options;
    return {
      item: (item) => this.#item(item),
      section: (item: SectionItem, body) => {
        ledger.enter("load", item.name);
        this.#devices.section(item, body);
        ledger.enter("receive");
      },
      page: (record, bytes) => ram.page(record, bytes),
      pages: (series, bytes) => ram.pages(series, bytes),
      problem: ({ code, at, path, message }) => {
        throw new StreamError(code, at, path, message);
      },
    };
  }

  #item(item: Exclude<Item, SectionItem>): void {
    const { guest, ram, ledger, command } = this.#options;
    switch (item.item) {
      case "eof":
        this.#stop = "end";
        return;
      case "multifd-flush":
        this.#stop = "flush";
        return;
      case "configuration":
        if (item.machine !== guest.machine.name)
          throw new RamRefusal("configuration", `The stream is of a ${item.machine}; the machine here is a ${guest.machine.name}.`);
        return;
      case "ram-block":
        ram.list(item);
        return;
      case "end":
        if (this.#options.isContinued !== true) ram.endList();
        ledger.enter("receive");
        return;
      case "command": {
        const name = COMMANDS[item.command]?.name ?? "";
        if (name === "postcopy-run") this.#stop = "run";
        command(name, item.payload);
        return;
      }
      case "bitmap-chunk":
      case "disk":
      case "opaque":
        throw new RamRefusal(item.item, "The stream has a section in parts that is not RAM, which the machine here does not have.");
    }
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

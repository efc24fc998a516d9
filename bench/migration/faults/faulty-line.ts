import { createServer, connect as netConnect, type Server, type Socket } from "node:net";
import type { WireStep } from "./steps-of-frames.ts";
import { type Direction, WireSteps } from "./wire-steps.ts";

/** What a line does to the bytes of a connection. */
export type LineFault =
  /** Both ends hear that it is gone, or will when they write. */
  | { readonly kind: "cut" }
  /** What comes from there on comes that much later, for ever with Infinity. */
  | { readonly kind: "stall"; readonly milliseconds: number }
  /** Writes go well, and nothing comes. */
  | { readonly kind: "drop" }
  /** A byte has these bits changed. */
  | { readonly kind: "corrupt"; readonly bits: number }
  /** Who reads comes to an end there, as if the other had closed; who writes hears nothing of it. */
  | { readonly kind: "truncate" };

/** Something that happens when so many bytes of a direction have passed behind the first of a step. */
export interface Trap {
  readonly direction: Direction;
  readonly step: WireStep;
  readonly offset: number;
  /** Connections before this one are spared; 0 is the first. */
  readonly connection: number;
  /** What the line does then, or nothing. */
  readonly spring: () => LineFault | undefined;
}

export interface FaultyLine {
  readonly address: string;
  /** Where connections go to; until then there are none. */
  to: string | undefined;
  /** Whether connections behind one that broke are refused. */
  isCutOff: boolean;
  /** Does it with the next bytes of that direction, whatever they are. */
  readonly next: (direction: Direction, fault: LineFault) => void;
  /** Bytes that have come, in both directions. */
  readonly carried: () => number;
  readonly close: () => Promise<void>;
}

/** A line between two processes, as bad as the traps make it. Takes `unix:PATH` and `tcp:127.0.0.1:0`. */
export async function startFaultyLine(address: string, traps: readonly Trap[]): Promise<FaultyLine> {
  const left = new Set(traps);
  const sockets = new Set<Socket>();
  const soon: { readonly direction: Direction; readonly fault: LineFault }[] = [];
  let [connections, carried, isBroken] = [0, 0, false];
  const server = createServer({ allowHalfOpen: true }, (from) => {
    const number = connections++;
    keep(from);
    if (proxy.to === undefined || (proxy.isCutOff && isBroken)) {
      from.destroy();
      return;
    }
    const to = keep(netConnect({ ...placeOf(proxy.to), allowHalfOpen: true }));
    void pump(from, to, new Passage("there", number));
    void pump(to, from, new Passage("back", number));
  });

  function keep(socket: Socket): Socket {
    sockets.add(socket);
    // Its reader hears of it as well.
    socket.on("error", () => {});
    socket.once("close", () => {
      sockets.delete(socket);
      isBroken = true;
    });
    return socket;
  }

  /** One direction of a connection, and what is to happen in it. */
  class Passage {
    readonly direction: Direction;
    readonly #connection: number;
    readonly #steps: WireSteps;
    readonly #armed: { readonly trap: Trap; at: number }[] = [];
    #passed = 0;

    constructor(direction: Direction, connection: number) {
      this.direction = direction;
      this.#connection = connection;
      this.#steps = new WireSteps(direction);
    }

    /** What happens in this piece, in its order. */
    look(piece: Buffer): readonly { readonly at: number; readonly fault: LineFault | undefined }[] {
      const base = this.#passed;
      this.#passed += piece.length;
      for (const { step, at } of this.#steps.feed(piece)) {
        // A step that was shorter than was thought ends with the next one.
        for (const armed of this.#armed) if (armed.trap.step !== step) armed.at = Math.min(armed.at, base + at);
        for (const trap of left) {
          if (trap.direction !== this.direction || trap.step !== step || trap.connection > this.#connection) continue;
          left.delete(trap);
          this.#armed.push({ trap, at: Math.max(base, base + at + trap.offset) });
        }
      }
      const due = this.#armed.filter(({ at }) => at < this.#passed).sort((a, b) => a.at - b.at);
      for (const armed of due) this.#armed.splice(this.#armed.indexOf(armed), 1);
      const found = due.map(({ trap, at }) => ({ at: at - base, fault: trap.spring() }));
      for (const next of soon.filter(({ direction }) => direction === this.direction)) {
        soon.splice(soon.indexOf(next), 1);
        found.unshift({ at: 0, fault: next.fault });
      }
      return found;
    }
  }

  async function pump(from: Socket, to: Socket, passage: Passage): Promise<void> {
    let isDropping = false;
    const pass = async (bytes: Buffer): Promise<void> => {
      if (!isDropping && bytes.length > 0) await new Promise<void>((resolve) => void to.write(bytes, () => resolve()));
    };
    try {
      for await (const piece of from as AsyncIterable<Buffer>) {
        carried += piece.length;
        let done = 0;
        for (const { at, fault } of passage.look(piece)) {
          await pass(piece.subarray(done, at));
          done = Math.max(done, at);
          if (fault === undefined) continue;
          if (fault.kind === "cut") throw new Error("cut");
          if (fault.kind === "corrupt") piece[at] = (piece[at] as number) ^ fault.bits;
          if (fault.kind === "stall") await stalled(from, fault.milliseconds);
          if (fault.kind === "truncate") to.end();
          isDropping ||= fault.kind === "drop" || fault.kind === "truncate";
        }
        await pass(piece.subarray(done));
      }
      if (!isDropping) to.end();
    } catch {
      from.destroy();
      to.destroy();
    }
  }

  const proxy: FaultyLine = {
    address: await listen(server, address),
    to: undefined,
    isCutOff: false,
    next: (direction, fault) => void soon.push({ direction, fault }),
    carried: () => carried,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}

function stalled(socket: Socket, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (Number.isFinite(milliseconds)) setTimeout(resolve, milliseconds);
    socket.once("close", () => resolve());
  });
}

function listen(server: Server, address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(placeOf(address), () => {
      const at = server.address();
      resolve(typeof at === "object" && at !== null ? `tcp:127.0.0.1:${at.port}` : address);
    });
  });
}

function placeOf(address: string): { readonly path: string } | { readonly host: string; readonly port: number } {
  if (address.startsWith("unix:")) return { path: address.slice("unix:".length) };
  return { host: "127.0.0.1", port: Number(address.slice(address.lastIndexOf(":") + 1)) };
}

import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** No stream that is made here comes near it. */
const MOST_BYTES = 256 << 20;
const MAIN_MAGIC = 0x51_45_56_4d;
const CHANNEL_MAGIC = 0x11_22_33_44;
const CHANNEL_ID_AT = 24;
const COMMAND = 0x08;

/** What went over one connection. */
export interface Recording {
  /** `main`, `channel-0` (multifd), `recovery` (goes on with a post-copy), or `preempt`, which has no mark of its own. */
  readonly part: string;
  readonly sent: Buffer;
  /** What the destination sent back; nothing where there is no destination. */
  readonly answered: Buffer;
}

/** Takes the place of a destination, or stands before one, and keeps every byte. */
export class Recorder {
  readonly #server: Server;
  readonly #connections: { readonly sent: Buffer[]; readonly answered: Buffer[] }[] = [];
  readonly #open = new Set<Socket>();

  private constructor(destination: string | undefined) {
    // What comes after the other side has said its last is kept too.
    this.#server = createServer({ allowHalfOpen: true }, (source) => this.#record(source, destination));
  }

  /** Listens on the Unix socket `path`; what comes is passed on to the one named `destination`, if there is one. */
  static async listen(path: string, destination?: string): Promise<Recorder> {
    const recorder = new Recorder(destination);
    recorder.#server.listen(path);
    await once(recorder.#server, "listening");
    return recorder;
  }

  /** Everything so far, once the source has closed its connections: the last bytes may still be under way. */
  async recordings(): Promise<readonly Recording[]> {
    await Promise.all([...this.#open].map((socket) => once(socket, "close")));
    return this.#connections.map(({ sent, answered }) => {
      const bytes = Buffer.concat(sent);
      return { part: partOf(bytes), sent: bytes, answered: Buffer.concat(answered) };
    });
  }

  /** Breaks every connection; new ones are taken as before. */
  cut(): void {
    for (const socket of this.#open) socket.destroy();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #record(source: Socket, destination: string | undefined): void {
    const recording = { sent: [], answered: [] };
    this.#connections.push(recording);
    this.#keep(source, recording.sent);
    if (destination === undefined) {
      source.on("end", () => source.end());
      return;
    }
    const onward = connect({ path: destination, allowHalfOpen: true });
    this.#keep(onward, recording.answered);
    source.pipe(onward).pipe(source);
    // A pipe passes on that one side ends, not that it breaks.
    source.on("close", () => onward.destroySoon());
    onward.on("close", () => source.destroySoon());
  }

  #keep(socket: Socket, pieces: Buffer[]): void {
    this.#open.add(socket);
    let bytes = 0;
    socket.on("data", (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > MOST_BYTES) socket.destroy();
      else pieces.push(piece);
    });
    // How a connection ends is QEMU's affair, which tells of it; here it only ends.
    socket.on("error", () => undefined);
    socket.on("close", () => this.#open.delete(socket));
  }
}

function partOf(bytes: Buffer): string {
  const magic = bytes.length < 4 ? 0 : bytes.readUInt32BE(0);
  if (magic === MAIN_MAGIC) return "main";
  if (magic === CHANNEL_MAGIC) return `channel-${bytes[CHANNEL_ID_AT]}`;
  return bytes[0] === COMMAND ? "recovery" : "preempt";
}

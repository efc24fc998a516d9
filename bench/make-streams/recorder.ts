import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** No stream that is made here comes near it. */
const MOST_BYTES = 256 << 20;
const MAIN_MAGIC = 0x51_45_56_4d;
const CHANNEL_MAGIC = 0x11_22_33_44;
const CHANNEL_ID_AT = 24;

/** What went over one connection. */
export interface Recording {
  /** `main`, `channel-0` (multifd), or `preempt`: a connection without a mark of its own. */
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
    this.#server = createServer((source) => this.#record(source, destination));
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

  close(): void {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
  }

  #record(source: Socket, destination: string | undefined): void {
    const recording = { sent: [], answered: [] };
    this.#connections.push(recording);
    this.#keep(source, recording.sent);
    if (destination === undefined) return;
    const onward = connect(destination);
    this.#keep(onward, recording.answered);
    source.pipe(onward).pipe(source);
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
  return magic === CHANNEL_MAGIC ? `channel-${bytes[CHANNEL_ID_AT]}` : "preempt";
}

import { close, constants, ftruncate, open, read, write } from "node:fs";
import { promisify } from "node:util";
import { type Channel, ChannelError } from "./channel.ts";

const [openFile, readFile, writeFile, truncateFile, closeFile] = [open, read, write, ftruncate, close].map((call) => promisify(call)) as [
  typeof open.__promisify__,
  typeof read.__promisify__,
  typeof write.__promisify__,
  typeof ftruncate.__promisify__,
  typeof close.__promisify__,
];

export type FileDirection = "read" | "write";

/** What is written makes a new file, from the offset on; before the offset, one that is there keeps what it has. */
export async function openFileChannel(name: string, path: string, offset: number, direction: FileDirection): Promise<Channel> {
  const { O_RDONLY, O_WRONLY, O_CREAT } = constants;
  try {
    // A guest's memory is nobody else's to read.
    const fd = await openFile(path, direction === "read" ? O_RDONLY : O_WRONLY | O_CREAT, 0o600);
    if (direction === "write") await truncateFile(fd, offset);
    return fileChannel({ name, fd, direction, offset });
  } catch (error) {
    throw new ChannelError("refused", name, `${name} cannot be opened: ${(error as Error).message}.`, error);
  }
}

interface OpenFile {
  readonly name: string;
  readonly fd: number;
  readonly direction: FileDirection;
  /** Without one, on from where the file stands. */
  readonly offset?: number;
}

/** Of a file that is open, and is closed with the channel. What is written is not forced to the disk. */
export function fileChannel({ name, fd, direction, offset }: OpenFile): Channel {
  let position = offset;
  let closed: ChannelError | undefined;
  let busy: Promise<unknown> = Promise.resolve();

  /** The memory is the file's until the call is over, destroyed or not. */
  const call = async (operation: (at: number | null) => Promise<number>): Promise<number> => {
    if (closed !== undefined) throw closed;
    try {
      const running = operation(position ?? null);
      busy = running.catch(() => undefined);
      const count = await running;
      if (position !== undefined) position += count;
      if (closed === undefined) return count;
    } catch (error) {
      throw new ChannelError(
        "broken",
        name,
        `${name} cannot be ${direction === "read" ? "read" : "written"}: ${(error as Error).message}.`,
        error,
      );
    }
    throw closed;
  };
  const release = async (reason: ChannelError): Promise<void> => {
    if (closed !== undefined) return;
    closed = reason;
    await busy;
    await closeFile(fd);
  };
  return {
    name,
    read: async (into) => {
      if (direction === "write") return 0;
      return call(async (at) => (await readFile(fd, into, 0, into.length, at)).bytesRead);
    },
    write: async (bytes) => {
      if (direction === "read") throw new ChannelError("usage", name, `${name} is only read from.`);
      for (let done = 0; done < bytes.length; ) {
        done += await call(async (at) => (await writeFile(fd, bytes, done, bytes.length - done, at)).bytesWritten);
      }
    },
    end: async () => {
      if (direction === "write") await release(new ChannelError("closed", name, `${name} has been ended.`));
    },
    destroy: () => void release(new ChannelError("closed", name, `${name} was closed on this side.`)).catch(() => undefined),
  };
}

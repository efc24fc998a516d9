import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type Channel, ChannelError } from "./channel.ts";
import { type Deadline, PATIENCE_MS, systemAfter } from "./deadline.ts";
import { StreamInlet } from "./inlet.ts";
import { StreamChannel } from "./stream-channel.ts";

/** Characters of what a command says on stderr: the last ones tell why it failed. */
const LAST_WORDS = 1000;

/**
 * Over stdin and stdout of a shell's command. Reading comes to its end when the command has ended well; where it did not, that is the error.
 * What is written is taken, for `end`, when the command has ended too, or has something to say.
 */
export async function execChannel(command: string, deadline: Deadline): Promise<Channel> {
  const name = `exec:${command}`;
  const child = spawn("sh", ["-c", command], { stdio: ["pipe", "pipe", "pipe"] });
  const ended = outcome(name, child);
  await Promise.race([once(child, "spawn"), ended.then((failure) => Promise.reject(failure))]);
  const streams = new StreamChannel({
    name,
    input: { stream: child.stdout, inlet: new StreamInlet(child.stdout) },
    output: child.stdin,
  });
  let isDestroyed = false;

  /** A command that fails first closes its pipes, and then says with what. */
  const reasonOf = async (error: unknown): Promise<unknown> => {
    if (isDestroyed) return error;
    let callOff = (): void => undefined;
    const late = new Promise<undefined>((resolve) => {
      callOff = (deadline.after ?? systemAfter)(deadline.milliseconds ?? PATIENCE_MS, () => resolve(undefined));
    });
    const failure = await Promise.race([ended, late]);
    callOff();
    return failure ?? error;
  };
  const explained = <T>(call: Promise<T>): Promise<T> => call.catch(async (error: unknown) => Promise.reject(await reasonOf(error)));
  const endedWell = async (): Promise<void> => {
    const failure = await ended;
    if (failure !== undefined) throw failure;
  };
  return {
    name,
    write: (bytes) => explained(streams.write(bytes)),
    read: async (into) => {
      const count = await explained(streams.read(into));
      if (count === 0) await endedWell();
      return count;
    },
    end: async () => {
      await explained(streams.end());
      if (child.stdout.readableLength === 0) await Promise.race([endedWell(), once(child.stdout, "readable")]);
      // The end is readable too, and is nothing that it says.
      if (child.stdout.readableLength === 0) await endedWell();
    },
    destroy: () => {
      isDestroyed = true;
      streams.destroy();
      child.stderr.destroy();
      child.kill();
    },
  };
}

/** Resolves when the command has ended, with why it did not do so well. */
async function outcome(name: string, child: ChildProcess): Promise<ChannelError | undefined> {
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-LAST_WORDS);
  });
  try {
    const [status, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    if (status === 0) return undefined;
    // What it said may be read only behind its end; a process that it left behind may hold the pipe open, and is not waited for.
    await new Promise(setImmediate);
    const how = status === null ? `was ended by ${signal}` : `ended with status ${status}`;
    const said = words.trim() === "" ? "and said nothing" : `and said: ${words.trim()}`;
    return new ChannelError("failed-command", name, `Command '${name.slice(5)}' ${how} ${said}.`);
  } catch (error) {
    return new ChannelError("failed-command", name, `Command '${name.slice(5)}' cannot be started: ${(error as Error).message}.`, error);
  }
}

import { connect, type Socket } from "node:net";
import type { QmpCommand, QmpCommands, QmpEvent } from "./qmp-commands.ts";
import { QmpError } from "./qmp-error.ts";

/** How long a command may take unless it is told otherwise, in ms. Commands answer at once: what takes long, QEMU does behind them. */
const LIMIT_MS = 10_000;
/** Answers are small; what grows beyond this is no QMP. */
const LONGEST_LINE = 16 << 20;

export interface Limit {
  /** Defaults to 10 s. */
  readonly limitMs?: number;
}

/** What takes no arguments is called without. */
export type Arguments<C extends QmpCommand> =
  QmpCommands[C]["takes"] extends Readonly<Record<string, never>>
    ? [takes?: QmpCommands[C]["takes"], limit?: Limit]
    : [takes: QmpCommands[C]["takes"], limit?: Limit];

interface Waiting {
  readonly command: string;
  /** True when the message is the one that was waited for. */
  readonly take: (message: Message) => boolean;
  readonly fail: (error: QmpError) => void;
}

interface Message extends Partial<QmpEvent> {
  readonly id?: number;
  readonly QMP?: unknown;
  readonly return?: unknown;
  readonly error?: { readonly class: string; readonly desc: string };
}

/** A conversation with one QEMU. Commands may overlap; QEMU answers them in order. */
export class QmpClient {
  readonly #socket: Socket;
  readonly #waiting = new Set<Waiting>();
  readonly #listeners = new Set<(event: QmpEvent) => void>();
  #rest = "";
  #nextId = 1;
  #ended: QmpError | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => this.#read(text));
    socket.on("error", (error) => this.#end(new QmpError("closed", "", `The QMP connection breaks: ${error.message}.`)));
    socket.on("close", () => this.#end(new QmpError("closed", "", "The QMP connection is closed.")));
  }

  /** Connects to a QMP socket that somebody's QEMU listens on. */
  static async connect(path: string, limit: Limit = {}): Promise<QmpClient> {
    return QmpClient.over(connect(path), limit);
  }

  /** Takes a connection over from before its greeting until its end. */
  static async over(socket: Socket, limit: Limit = {}): Promise<QmpClient> {
    const client = new QmpClient(socket);
    try {
      await client.#wait("greeting", limit, (message) => (message.QMP === undefined ? undefined : { value: undefined }));
      await client.execute("qmp_capabilities", {}, limit);
    } catch (error) {
      client.close();
      throw error;
    }
    return client;
  }

  /** Gives what QEMU answers, or throws a `QmpError`. After `time-limit` a late answer is dropped; what QEMU does about it is open. */
  async execute<C extends QmpCommand>(command: C, ...[takes, limit = {}]: Arguments<C>): Promise<QmpCommands[C]["gives"]> {
    const id = this.#nextId++;
    const answer = this.#wait(command, limit, (message) => {
      if (message.id !== id) return undefined;
      if (message.error === undefined) return { value: message.return as QmpCommands[C]["gives"] };
      const { desc } = message.error;
      throw new QmpError("refused", command, `QEMU refuses '${command}': ${desc}.`, desc);
    });
    if (this.#ended === undefined) this.#socket.write(`${JSON.stringify({ execute: command, arguments: takes ?? {}, id })}\n`);
    return answer;
  }

  /** Calls `listener` for every event from now on, until the function that it gives is called. */
  listen(listener: (event: QmpEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits for the next event of this name that `accept` takes. What came before does not count. */
  async event(name: string, accept: (event: QmpEvent) => boolean = () => true, limit: Limit = {}): Promise<QmpEvent> {
    return this.#wait(name, limit, (message) =>
      isEvent(message) && message.event === name && accept(message) ? { value: message } : undefined,
    );
  }

  close(): void {
    this.#socket.destroy();
    this.#end(new QmpError("closed", "", "The QMP connection is closed."));
  }

  #wait<T>(command: string, { limitMs = LIMIT_MS }: Limit, take: (message: Message) => { readonly value: T } | undefined): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#ended !== undefined) return reject(ended(command, this.#ended));
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
      };
      const fail = (error: unknown): void => {
        done();
        reject(error);
      };
      const waiting: Waiting = {
        command,
        take: (message) => {
          try {
            const taken = take(message);
            if (taken === undefined) return false;
            done();
            resolve(taken.value);
          } catch (error) {
            fail(error);
          }
          return true;
        },
        fail,
      };
      const late = (): void => fail(new QmpError("time-limit", command, `QEMU does not answer '${command}' within ${limitMs} ms.`));
      const timer = setTimeout(late, limitMs);
      this.#waiting.add(waiting);
    });
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    if (this.#rest.length > LONGEST_LINE) lines.push(this.#rest);
    for (const line of lines) {
      if (line.trim() === "") continue;
      const message = line.length > LONGEST_LINE ? undefined : parse(line);
      if (message === undefined) {
        this.#notQmp(line);
        return;
      }
      for (const waiting of [...this.#waiting]) waiting.take(message);
      if (isEvent(message)) for (const listener of [...this.#listeners]) listener(message);
    }
  }

  #notQmp(line: string): void {
    this.#end(new QmpError("not-qmp", "", "What the other end says is not QMP.", line.slice(0, 200)));
    this.#socket.destroy();
  }

  #end(error: QmpError): void {
    this.#ended ??= error;
    for (const waiting of [...this.#waiting]) waiting.fail(ended(waiting.command, this.#ended));
  }
}

/** The end of the connection, as the one command sees it. */
function ended(command: string, { code, message, detail }: QmpError): QmpError {
  return new QmpError(code, command, `No answer to '${command}': ${message}`, detail);
}

function isEvent(message: Message): message is Message & QmpEvent {
  return typeof message.event === "string";
}

function parse(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null) return undefined;
    // An event without data has no such member.
    return "event" in value ? { data: {}, ...(value as Message) } : value;
  } catch {
    return undefined;
  }
}

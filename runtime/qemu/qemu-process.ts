import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { QemuChild } from "./qemu-child.ts";
import { QemuError, type QemuFacts } from "./qemu-error.ts";
import { type Arguments, type Limit, QmpClient } from "./qmp-client.ts";
import type { QmpCommand, QmpCommands } from "./qmp-commands.ts";
import { QmpError } from "./qmp-error.ts";

/** How long a process may take to end once it was asked, in ms, before it is killed. */
const QUIT_MS = 5_000;

export interface QemuOptions extends Limit {
  readonly binary: string;
  /** Without a monitor: that is added. */
  readonly args: readonly string[];
}

/** A running QEMU with its monitor. Whoever starts one ends it with `end()`; at the end of this process it is killed in any case. */
export class QemuProcess {
  readonly binary: string;
  readonly qmp: QmpClient;
  readonly #child: QemuChild;

  private constructor(binary: string, qmp: QmpClient, child: QemuChild) {
    this.binary = binary;
    this.qmp = qmp;
    this.#child = child;
  }

  /** Starts QEMU and waits for its monitor. QEMU connects to a socket of ours, so there is no moment to guess and no file to find. */
  static async start({ binary, args, limitMs = 20_000 }: QemuOptions): Promise<QemuProcess> {
    const folder = mkdtempSync(join(tmpdir(), "vmstate-qemu-"));
    const path = join(folder, "qmp");
    const server = createServer();
    let child: QemuChild | undefined;
    try {
      server.listen(path);
      await once(server, "listening");
      // In QEMU's options a comma is written twice.
      const monitor = ["-chardev", `socket,id=vmstate-qmp,path=${path.replaceAll(",", ",,")}`, "-mon", "chardev=vmstate-qmp,mode=control"];
      child = new QemuChild(binary, [...args, ...monitor]);
      const socket = await connection(server, child, limitMs);
      return new QemuProcess(binary, await QmpClient.over(socket, { limitMs }), child);
    } catch (error) {
      const gone = error instanceof QmpError && error.code === "closed" ? await child?.whenGone() : undefined;
      await child?.kill();
      throw gone ?? error;
    } finally {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  get pid(): number | undefined {
    return this.#child.process.pid;
  }

  /** True until the process has ended. */
  get running(): boolean {
    return this.#child.status === undefined;
  }

  /** As `qmp.execute`; when the process dies over it, the error is a `QemuError` with its last words. */
  async execute<C extends QmpCommand>(command: C, ...args: Arguments<C>): Promise<QmpCommands[C]["gives"]> {
    try {
      return await this.qmp.execute(command, ...args);
    } catch (error) {
      if (!(error instanceof QmpError) || error.code !== "closed") throw error;
      throw (await this.#child.whenGone()) ?? error;
    }
  }

  /** What is known of the process, for an error about it. */
  facts(): QemuFacts {
    return this.#child.facts();
  }

  /** Ends the process: politely, then by force. Does nothing when it has ended already. */
  async end(): Promise<void> {
    if (this.running) await this.qmp.execute("quit", {}, { limitMs: QUIT_MS }).catch(() => undefined);
    await Promise.race([this.#child.gone, sleep(QUIT_MS, undefined, { ref: false })]);
    await this.#child.kill();
    this.qmp.close();
  }
}

async function connection(server: Server, child: QemuChild, limitMs: number): Promise<Socket> {
  const stop = new AbortController();
  const { signal } = stop;
  try {
    const socket = await Promise.race([
      once(server, "connection", { signal }).then(([first]: Socket[]) => first),
      child.gone.then(() => child.whenGone()),
      sleep(limitMs, undefined, { signal }),
    ]);
    if (socket instanceof Error) throw socket;
    if (socket !== undefined) return socket;
    await child.kill();
    throw new QemuError("start", `'${child.facts().binary}' does not open its monitor within ${limitMs} ms.`, child.facts());
  } finally {
    stop.abort();
  }
}

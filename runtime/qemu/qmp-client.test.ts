import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { QmpClient } from "./qmp-client.ts";

const GREETING = '{"QMP": {"version": {"qemu": {"major": 7}}, "capabilities": []}}\r\n';

let folder: string;
let server: Server;
/** What the fake QEMU says to a command; `undefined` says nothing. */
let answer: (command: string, takes: unknown, id: number, socket: Socket) => string | undefined;
let sockets: Socket[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vmstate-qmp-"));
  sockets = [];
  answer = (_, __, id) => `{"return": {}, "id": ${id}}\r\n`;
  server = createServer((socket) => {
    sockets.push(socket);
    socket.write(GREETING);
    socket.setEncoding("utf8").on("data", (text: string) => {
      for (const line of text.trim().split("\n")) {
        const { execute, arguments: takes, id } = JSON.parse(line) as { execute: string; arguments: unknown; id: number };
        socket.write(answer(execute, takes, id, socket) ?? "");
      }
    });
  });
  server.listen(join(folder, "qmp"));
  await once(server, "listening");
});

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const client = (): Promise<QmpClient> => QmpClient.connect(join(folder, "qmp"));

describe("a QMP client", () => {
  test("gives what a command answers", async () => {
    const seen: unknown[] = [];
    answer = (command, takes, id) => {
      seen.push([command, takes]);
      return `{"return": {"status": "running", "running": true}, "id": ${id}}\r\n`;
    };
    const qmp = await client();
    expect(await qmp.execute("query-status")).toEqual({ status: "running", running: true });
    await qmp.execute("migrate", { uri: "exec:cat" });
    expect(seen).toEqual([
      ["qmp_capabilities", {}],
      ["query-status", {}],
      ["migrate", { uri: "exec:cat" }],
    ]);
    qmp.close();
  });

  test("keeps overlapping commands apart, whatever the pieces that answers come in", async () => {
    const qmp = await client();
    answer = () => undefined;
    const [one, two] = [qmp.execute("query-status"), qmp.execute("query-jobs")];
    await once(sockets[0] as Socket, "data");
    for (const piece of [
      '{"return": [], "id',
      '": 3}\r\n{"event": "STOP", "times',
      'tamp": {}}\r\n{"return": {"a": "ü"}, "id": 2',
      "}\r\n",
    ]) {
      sockets[0]?.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await Promise.all([one, two])).toEqual([{ a: "ü" }, []]);
    qmp.close();
  });

  test("says what QEMU refuses", async () => {
    const qmp = await client();
    answer = (_, __, id) => `{"error": {"class": "GenericError", "desc": "There's no migration"}, "id": ${id}}\r\n`;
    await expect(qmp.execute("cont")).rejects.toMatchObject({
      name: "QmpError",
      code: "refused",
      command: "cont",
      detail: "There's no migration",
      message: "QEMU refuses 'cont': There's no migration.",
    });
    qmp.close();
  });

  test("waits for as long as the limit says, and drops a late answer", async () => {
    const qmp = await client();
    answer = (command, _, id) => (command === "stop" ? undefined : `{"return": {}, "id": 2}\r\n{"return": {}, "id": ${id}}\r\n`);
    await expect(qmp.execute("stop", {}, { limitMs: 20 })).rejects.toMatchObject({ code: "time-limit", command: "stop" });
    expect(await qmp.execute("cont")).toEqual({});
    qmp.close();
  });

  test("says so when the connection ends, to whoever waits and to whoever comes later", async () => {
    const qmp = await client();
    answer = (_, __, ___, socket) => {
      socket.destroy();
      return undefined;
    };
    await expect(qmp.execute("stop")).rejects.toMatchObject({ code: "closed", command: "stop" });
    await expect(qmp.execute("cont")).rejects.toMatchObject({ code: "closed", command: "cont" });
  });

  test("says so when nobody listens", async () => {
    await expect(QmpClient.connect(join(folder, "nobody"))).rejects.toMatchObject({ code: "closed", command: "greeting" });
  });

  test("says so when it is not QMP that comes", async () => {
    const qmp = await client();
    answer = () => "HTTP/1.1 400 Bad Request\r\n";
    await expect(qmp.execute("stop")).rejects.toMatchObject({ code: "not-qmp", detail: "HTTP/1.1 400 Bad Request\r" });
  });

  test("hears events", async () => {
    const qmp = await client();
    const heard: string[] = [];
    const stop = qmp.listen(({ event, data }) => heard.push(`${event} ${JSON.stringify(data)}`));
    const completed = qmp.event("MIGRATION", ({ data }) => data.status === "completed");
    const event = (name: string, data: string): string =>
      `{"event": "${name}", ${data} "timestamp": {"seconds": 1, "microseconds": 2}}\r\n`;
    sockets[0]?.write(
      event("STOP", "") + event("MIGRATION", '"data": {"status": "active"},') + event("MIGRATION", '"data": {"status": "completed"},'),
    );
    expect((await completed).data).toEqual({ status: "completed" });
    await qmp.execute("query-status");
    stop();
    sockets[0]?.write(event("RESUME", ""));
    await qmp.execute("query-status");
    expect(heard).toEqual(["STOP {}", 'MIGRATION {"status":"active"}', 'MIGRATION {"status":"completed"}']);
    await expect(qmp.event("RESUME", () => true, { limitMs: 10 })).rejects.toMatchObject({ code: "time-limit", command: "RESUME" });
    qmp.close();
  });
});

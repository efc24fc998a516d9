import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { build } from "esbuild";
import { afterEach, expect, test } from "vitest";
import type { ChannelError, Listener } from "./channel.ts";
import { openChannel } from "./open-channel.ts";
import { openListener } from "./open-listener.ts";
import { temporaryFolder } from "./proof/temporary.ts";

const file = temporaryFolder();
const opened: Listener[] = [];

/** Its child has the socket as descriptor 3; while it waits for the child, it accepts nobody itself. */
const LISTEN_AND_HAND_ON = `
  const [path, program] = process.argv.slice(1);
  const server = require("net").createServer().listen(path, () => {
    require("fs").writeSync(1, "listening");
    const stdio = ["ignore", "inherit", "inherit", server._handle.fd];
    process.exit(require("child_process").spawnSync(process.execPath, [program, "fd:3"], { stdio }).status);
  });`;

async function listen(...args: Parameters<typeof openListener>): Promise<Listener> {
  const listener = await openListener(...args);
  opened.push(listener);
  return listener;
}

afterEach(async () => {
  for (const listener of opened.splice(0)) await listener.close();
});

test.each(["tcp::0", "tcp:0.0.0.0:0", "tcp:[::]:0", "tcp:example.org:0"])(
  "%s is listened on only when it is asked for",
  async (address) => {
    await expect(listen(address)).rejects.toMatchObject({ code: "usage", message: expect.stringContaining("for other hosts to come") });
  },
);

test("where other hosts may come, this one may too", async () => {
  const listener = await listen("tcp:0.0.0.0:0", { exposed: true });
  const port = listener.name.split(":")[2];
  const channel = await openChannel(`tcp:127.0.0.1:${port}`);
  (await listener.accept()).destroy();
  channel.destroy();
});

test("a socket that nobody listens on any more is replaced, and one that somebody listens on is not", async () => {
  const path = file("stale.sock");
  const dead = createServer().listen(path);
  await once(dead, "listening");
  await expect(listen(`unix:${path}`)).rejects.toMatchObject({ code: "refused", path: `unix:${path}` });
  // Node takes the file away with the server, as a process that is killed does not: so it is out of the way meanwhile.
  renameSync(path, `${path}.kept`);
  dead.close();
  await once(dead, "close");
  renameSync(`${path}.kept`, path);
  const listener = await listen(`unix:${path}`);
  const [channel, other] = await Promise.all([openChannel(`unix:${path}`), listener.accept()]);
  await expect(listen(`unix:${path}`)).rejects.toMatchObject({ code: "refused" });
  channel.destroy();
  other.destroy();
});

test("a file that is no socket stays where it is", async () => {
  const path = file("a file");
  writeFileSync(path, "kept");
  await expect(listen(`unix:${path}`)).rejects.toMatchObject({ code: "refused" });
  expect(existsSync(path)).toBe(true);
});

test("nobody there is refused", async () => {
  await expect(openChannel(`unix:${file("none")}`)).rejects.toMatchObject({ code: "refused", name: "ChannelError" });
  const listener = await listen("tcp:127.0.0.1:0");
  await listener.close();
  await expect(openChannel(listener.name)).rejects.toMatchObject({ code: "refused", path: listener.name });
});

test("connections are accepted in their order, whoever waits first", async () => {
  const listener = await listen(`unix:${file("order.sock")}`);
  const first = listener.accept();
  const second = listener.accept();
  for (const byte of [1, 2, 3]) await (await openChannel(listener.name)).write(Uint8Array.of(byte));
  for (const [index, accepted] of [first, second, listener.accept()].entries()) {
    const into = new Uint8Array(4);
    expect([await (await accepted).read(into), into[0]]).toEqual([1, index + 1]);
    (await accepted).destroy();
  }
});

test("no more than 8 wait to be accepted; the others are closed, and none of them is read from", async () => {
  const reasons: ChannelError[] = [];
  const listener = await listen(`unix:${file("many.sock")}`, { turnedAway: (reason) => reasons.push(reason) });
  const closed: number[] = [];
  const sockets = Array.from({ length: 12 }, (_, index): Socket => {
    const socket = connect(listener.name.slice(5));
    socket.on("error", () => undefined);
    socket.once("close", () => closed.push(index));
    return socket;
  });
  await Promise.all(sockets.slice(8).map((socket) => once(socket, "close").catch(() => undefined)));
  expect(closed.sort((a, b) => a - b)).toEqual([8, 9, 10, 11]);
  expect(reasons.map(({ code }) => code)).toEqual(["limit", "limit", "limit", "limit"]);
  const channel = await listener.accept();
  const late = await openChannel(listener.name);
  for (const socket of sockets) socket.destroy();
  channel.destroy();
  late.destroy();
});

test("who is closed waits no longer: not who accepts, and not who connected", async () => {
  const listener = await listen(`unix:${file("closed.sock")}`);
  const channel = await openChannel(listener.name);
  const kept = await listener.accept();
  const waiting = await openChannel(listener.name);
  const other = await openListener(`unix:${file("closed-2.sock")}`);
  const never = other.accept().catch((error: unknown) => error);
  await other.close();
  expect(await never).toMatchObject({ code: "closed" });
  await listener.close();
  await expect(listener.accept()).rejects.toMatchObject({ code: "closed" });
  const end = await waiting.read(new Uint8Array(1)).catch((error: ChannelError) => error.code);
  expect(end).toSatisfy((how) => how === 0 || how === "broken");
  await kept.write(Uint8Array.of(5));
  expect(await channel.read(new Uint8Array(9))).toBe(1);
  for (const end of [channel, kept, waiting]) end.destroy();
});

test("a connection that is not answered in time is given up", async () => {
  const calls: (() => void)[] = [];
  const after = (_: number, call: () => void) => {
    calls.push(call);
    return () => undefined;
  };
  const connecting = openChannel("tcp:192.0.2.1:9", { milliseconds: 5, after }).catch((error: ChannelError) => error.code);
  for (const call of calls) call();
  // Where there is no network at all, the system says so first.
  expect(["timeout", "refused"]).toContain(await connecting);
});

test("what is only there once is given once", async () => {
  const path = file("once");
  writeFileSync(path, "abc");
  const listener = await listen(`file:${path}`);
  const channel = await listener.accept();
  expect(await channel.read(new Uint8Array(9))).toBe(3);
  const never = listener.accept().catch((error: unknown) => error);
  await listener.close();
  expect(await never).toMatchObject({ code: "closed" });
  channel.destroy();
});

test("a descriptor that listens gives one connection after the other", async () => {
  const [path, program] = [file("inherited.sock"), file("accept.mjs")];
  const entry = "runtime/transport/proof/accept-and-echo.ts";
  await build({ entryPoints: [entry], bundle: true, platform: "node", format: "esm", outfile: program });
  const parent = spawn(process.execPath, ["-e", LISTEN_AND_HAND_ON, path, program], { stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(parent, "exit");
  await once(parent.stdout, "data");
  for (const byte of [1, 2]) {
    const channel = await openChannel(`unix:${path}`);
    await channel.write(Uint8Array.of(byte));
    const into = new Uint8Array(2);
    expect([await channel.read(into), into[0]]).toEqual([1, byte]);
    channel.destroy();
  }
  expect(await exit).toEqual([0, null]);
});

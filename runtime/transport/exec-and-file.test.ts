import { readFileSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Channel, ChannelError } from "./channel.ts";
import { openChannel } from "./open-channel.ts";
import { temporaryFolder } from "./proof/temporary.ts";

const file = temporaryFolder();
const TEXT = Buffer.from("what is written");

async function readAll(channel: Channel): Promise<string> {
  const pieces: Buffer[] = [];
  const into = Buffer.alloc(7);
  for (let n = await channel.read(into); n > 0; n = await channel.read(into)) pieces.push(Buffer.from(into.subarray(0, n)));
  return Buffer.concat(pieces).toString();
}

test("a command that fails says why, to who reads and to who writes", async () => {
  const command = "echo first; echo 'no such guest' >&2; exit 3";
  const reader = await openChannel(`exec:${command}`);
  const expected = {
    name: "ChannelError",
    code: "failed-command",
    message: `Command '${command}' ended with status 3 and said: no such guest.`,
  };
  await expect(readAll(reader)).rejects.toMatchObject(expected);
  const writer = await openChannel(`exec:${command}`);
  const writing = (async () => {
    for (;;) await writer.write(new Uint8Array(1 << 20));
  })();
  await expect(writing).rejects.toMatchObject(expected);
  for (const channel of [reader, writer]) channel.destroy();
});

test("a command that ends by a signal, or is none, says so", async () => {
  await expect(readAll(await openChannel("exec:kill -9 $$"))).rejects.toMatchObject({
    message: "Command 'kill -9 $$' was ended by SIGKILL and said nothing.",
  });
  await expect(readAll(await openChannel("exec:/no/such/command"))).rejects.toMatchObject({
    code: "failed-command",
    message: expect.stringContaining("ended with status 127"),
  });
});

test("of what a command says, the last words are kept", async () => {
  const channel = await openChannel("exec:yes first | head -n 20000 >&2; echo last >&2; exit 1");
  const error = (await readAll(channel).catch((reason: unknown) => reason)) as ChannelError;
  expect(error.message.length).toBeLessThan(1200);
  expect(error.message).toMatch(/first\nlast\.$/);
});

test("all that a command wrote is read, though nobody writes to it", async () => {
  expect((await readAll(await openChannel("exec:seq 1 20000"))).split("\n").length).toBe(20_001);
});

test("who ends a command's input waits until it has done its work, or failed at it", async () => {
  const path = file("copied");
  const channel = await openChannel(`exec:sleep 0.1; cat > '${path}'`);
  await channel.write(TEXT);
  await channel.end();
  expect(readFileSync(path)).toEqual(TEXT);
  const failing = await openChannel("exec:cat > /dev/null; exit 9");
  await failing.write(TEXT);
  await expect(failing.end()).rejects.toMatchObject({ code: "failed-command" });
});

test("a file is written whole, and read again", async () => {
  const path = file("whole");
  writeFileSync(path, "something longer was here before");
  const writer = await openChannel(`file:${path}`);
  await writer.write(TEXT);
  await writer.write(TEXT);
  expect(await writer.read(new Uint8Array(1))).toBe(0);
  await writer.end();
  await expect(writer.write(TEXT)).rejects.toMatchObject({ code: "closed" });
  expect(readFileSync(path, "utf8")).toBe(`${TEXT}${TEXT}`);
  const reader = await openChannel(`file:${path}`, { direction: "read" });
  expect(await readAll(reader)).toBe(`${TEXT}${TEXT}`);
  await expect(reader.write(TEXT)).rejects.toMatchObject({ code: "usage" });
  reader.destroy();
  await expect(reader.read(new Uint8Array(1))).rejects.toMatchObject({ code: "closed" });
});

test("an offset leaves what is before it, and a new file is nobody else's to read", async () => {
  const path = file("offset");
  const first = await openChannel(`file:${path},offset=4`);
  await first.write(TEXT);
  await first.end();
  expect(readFileSync(path, "latin1")).toBe(`\0\0\0\0${TEXT}`);
  expect(statSync(path).mode & 0o077).toBe(0);
  writeFileSync(path, "0123456789");
  const second = await openChannel(`file:${path},offset=3`);
  await second.write(Uint8Array.of(0x41));
  await second.end();
  expect(readFileSync(path, "utf8")).toBe("012A");
  expect(await readAll(await openChannel(`file:${path},offset=0x2`, { direction: "read" }))).toBe("2A");
});

test("what cannot be opened is refused, and what has no certificate is not asked for one", async () => {
  await expect(openChannel(`file:${file("none")}`, { direction: "read" })).rejects.toMatchObject({ code: "refused" });
  await expect(openChannel("fd:987654")).rejects.toMatchObject({ code: "refused", message: "fd:987654 is not open in this process." });
  const tls = { ca: "", cert: "", key: "" };
  await expect(openChannel("exec:cat", { tls })).rejects.toMatchObject({ code: "usage" });
  await expect(openChannel("tcp:127.0.0.1:1", { tls: { ...tls, cert: "nonsense" } })).rejects.toMatchObject({ code: "usage" });
});

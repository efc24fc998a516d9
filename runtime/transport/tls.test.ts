import { once } from "node:events";
import { connect as connectPlain } from "node:net";
import { connect as connectTls } from "node:tls";
import { afterEach, expect, test } from "vitest";
import type { Channel, ChannelError, Listener } from "./channel.ts";
import { openChannel } from "./open-channel.ts";
import { type ListenerOptions, openListener } from "./open-listener.ts";
import { credentialsOf } from "./proof/credentials.ts";

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listen(
  options: ListenerOptions,
): Promise<{ listener: Listener; reasons: ChannelError[]; port: number; next: () => Promise<ChannelError> }> {
  const reasons: ChannelError[] = [];
  let wake = (_: ChannelError): void => undefined;
  const turnedAway = (reason: ChannelError): void => {
    reasons.push(reason);
    wake(reason);
  };
  const next = (): Promise<ChannelError> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  const listener = await openListener("tcp:127.0.0.1:0", { turnedAway, ...options });
  closing.push(listener.close);
  return { listener, reasons, port: Number(listener.name.split(":")[2]), next };
}

function keep(channel: Channel): Channel {
  closing.push(channel.destroy);
  return channel;
}

const DESTINATION = credentialsOf("destination");

async function writeForEver(channel: Channel): Promise<never> {
  for (;;) await channel.write(new Uint8Array(1 << 20));
}

test("who writes first is told that it is not trusted, too", async () => {
  const { listener } = await listen({ tls: DESTINATION });
  const stranger = keep(await openChannel(listener.name, { tls: credentialsOf("stranger", "authority", "destination.test") }));
  await expect(writeForEver(stranger)).rejects.toMatchObject({ code: "untrusted" });
});

test("who shows no certificate, or speaks an older TLS, gets nowhere", async () => {
  const { port, next } = await listen({ tls: DESTINATION });
  const { cert, key } = credentialsOf("source");
  for (const { why, ...options } of [
    { minVersion: "TLSv1.3", why: "it showed no certificate" },
    { maxVersion: "TLSv1.2", cert, key, why: "unsupported protocol" },
  ] as const) {
    const reason = next();
    const socket = connectTls({ port, host: "127.0.0.1", ca: DESTINATION.ca, servername: "destination.test", ...options });
    closing.push(() => socket.destroy());
    socket.on("error", () => undefined);
    let received = 0;
    socket.on("data", (bytes: Uint8Array) => {
      received += bytes.length;
    });
    await new Promise((resolve) => socket.once("close", resolve));
    expect(await reason).toMatchObject({ code: "untrusted", message: expect.stringContaining(why) });
    expect(received).toBe(0);
  }
});

test("both sides know each other", async () => {
  const { listener } = await listen({ tls: { ...DESTINATION, peer: "source.test" } });
  const connecting = openChannel(listener.name, { tls: credentialsOf("source", "authority", "destination.test") });
  const [source, destination] = (await Promise.all([connecting, listener.accept()])).map(keep);
  await source?.write(Uint8Array.of(1));
  expect(await destination?.read(new Uint8Array(2))).toBe(1);
});

test.each([
  { who: "expired", tls: credentialsOf("expired", "authority", "destination.test"), why: "CERT_HAS_EXPIRED" },
  { who: "of another authority", tls: credentialsOf("stranger", "authority", "destination.test"), why: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" },
  { who: "made out to somebody else", tls: credentialsOf("destination", "authority", "destination.test"), why: "source.test. is not in" },
])("who connects with a certificate that is $who sees no byte, and is told", async ({ tls, why }) => {
  const { listener, next } = await listen({ tls: { ...DESTINATION, peer: "source.test" } });
  const reason = next();
  const accepted = listener.accept();
  const stranger = await openChannel(listener.name, { tls });
  keep(stranger);
  expect(await reason).toMatchObject({ code: "untrusted", message: expect.stringContaining(why) });
  await expect(stranger.read(new Uint8Array(1))).rejects.toMatchObject({ code: "untrusted", name: "ChannelError" });
  await expect(writeForEver(stranger)).rejects.toMatchObject({ code: expect.stringMatching("untrusted|closed|broken") });
  // Who is trusted comes through, as the first to be accepted.
  const friend = keep(await openChannel(listener.name, { tls: credentialsOf("source", "authority", "destination.test") }));
  const channel = keep(await accepted);
  await friend.write(Uint8Array.of(7));
  const into = new Uint8Array(1);
  expect([await channel.read(into), into[0]]).toEqual([1, 7]);
});

test.each([
  { who: "expired", at: credentialsOf("expired"), peer: "expired.test" },
  { who: "of another authority", at: credentialsOf("stranger"), peer: "stranger.test" },
  { who: "made out to somebody else", at: DESTINATION, peer: "elsewhere.test" },
  { who: "not made out to its address", at: DESTINATION, peer: undefined },
])("who listens with a certificate that is $who is not talked to", async ({ at, peer }) => {
  const { listener } = await listen({ tls: at });
  const connecting = openChannel(listener.name, { tls: credentialsOf("source", "authority", peer) });
  await expect(connecting).rejects.toMatchObject({ code: "untrusted", path: listener.name });
});

test("who speaks plainly is turned away, and gets no byte but an alert", async () => {
  const { listener, next, port } = await listen({ tls: DESTINATION });
  const reason = next();
  const socket = connectPlain(port, "127.0.0.1");
  closing.push(() => socket.destroy());
  socket.on("error", () => undefined);
  socket.write("QEVM0000000000000000000000000000");
  expect(await reason).toMatchObject({ code: "untrusted", path: listener.name });
});

test("who listens plainly is not talked to", async () => {
  const { listener } = await listen({});
  const connecting = openChannel(listener.name, { tls: credentialsOf("source", "authority", "destination.test") });
  const plain = keep(await listener.accept());
  await plain.write(Buffer.from("I show no certificate, as I have none."));
  await expect(connecting).rejects.toMatchObject({ code: "untrusted" });
});

test("who does not show a certificate in time is turned away, and as long as 8 wait, no more come", async () => {
  const calls: (() => void)[] = [];
  const after = (milliseconds: number, call: () => void) => {
    expect(milliseconds).toBe(10_000);
    calls.push(call);
    return () => void calls.splice(calls.indexOf(call), 1);
  };
  const { reasons, port, next } = await listen({ tls: DESTINATION, after });
  const open = async (): Promise<void> => {
    const socket = connectPlain(port, "127.0.0.1");
    closing.push(() => socket.destroy());
    socket.on("error", () => undefined);
    await once(socket, "connect");
  };
  const turnedAway = next();
  for (let i = 0; i < 9; i++) await open();
  expect(await turnedAway).toMatchObject({ code: "limit" });
  expect(calls.length).toBe(8);
  for (const call of [...calls]) call();
  await Promise.resolve();
  await new Promise(setImmediate);
  expect(reasons.map(({ code }) => code)).toEqual(["limit", ...Array.from({ length: 8 }, () => "timeout")]);
});

test("who was turned away, or went away, keeps nobody else out", async () => {
  const { listener, port, reasons } = await listen({ tls: DESTINATION });
  for (let i = 0; i < 20; i++) {
    const socket = connectPlain(port, "127.0.0.1");
    socket.on("error", () => undefined);
    const closed = new Promise((resolve) => socket.once("close", resolve));
    if (i % 2 === 0) socket.end();
    else socket.write("no greeting of TLS");
    socket.resume();
    await closed;
  }
  const friend = keep(await openChannel(listener.name, { tls: credentialsOf("source", "authority", "destination.test") }));
  keep(await listener.accept());
  await friend.write(Uint8Array.of(1));
  expect(reasons.map(({ code }) => code)).toEqual(Array.from({ length: 20 }, () => "untrusted"));
});

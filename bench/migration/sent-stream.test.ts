import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { machineCodecs } from "../../cli/machine-codecs.ts";
import { ROOT, runCli } from "../../cli/run-cli.ts";
import { devicesOfStream } from "../../runtime/guest/devices-of-stream.ts";
import { createSteppedGuest } from "../../runtime/guest/stepped/stepped-guest.ts";
import { POLICIES } from "../../runtime/migration/convergence/policies.ts";
import { awaitMove } from "../../runtime/migration/destination/destination.ts";
import { DEFAULTS, type Parameters } from "../../runtime/migration/parameters.ts";
import { VirtualClock } from "../../runtime/migration/proof/virtual-clock.ts";
import { startMove } from "../../runtime/migration/source/source.ts";
import type { Channel } from "../../runtime/transport/channel.ts";
import { checkedChannel } from "../../runtime/transport/checked-channel.ts";
import { memoryPair } from "../../runtime/transport/memory-channel.ts";
import { inTemporaryFolder } from "../in-temporary-folder.ts";

const CAPTURE = join(ROOT, "fixtures/machines/7.2-pc-i440fx-2.2-sb16.mig.gz");

/** Passes on what comes from one side to the other, and keeps it. */
async function pass(from: Channel, to: Channel, kept: Uint8Array[]): Promise<void> {
  const into = new Uint8Array(1 << 20);
  for (let got = await from.read(into); got > 0; got = await from.read(into)) {
    kept.push(into.slice(0, got));
    await to.write(into.subarray(0, got));
  }
}

/** What a source sends of a machine that was captured from QEMU 7.2, while it works. */
async function sent(folder: (name: string) => string, parameters: Partial<Parameters>): Promise<Uint8Array> {
  const clock = new VirtualClock();
  const machine = await machineCodecs("pc-2.2", "7.2");
  const bytes = gunzipSync(readFileSync(CAPTURE));
  const ram = devicesOfStream(machine, bytes).blocks.map(({ id, size }) => ({ id, size: Math.min(size, 1 << 20) }));
  const guest = (incoming: boolean) =>
    createSteppedGuest({
      machine,
      clock,
      devices: devicesOfStream(machine, bytes).devices,
      ram,
      rate: 2000,
      workload: { name: "byte-a-page" },
      incoming,
    });
  const [near, middle] = memoryPair();
  const [beyond, far] = memoryPair();
  const kept: Uint8Array[] = [];
  const [inner, outer] = [checkedChannel(middle), checkedChannel(beyond)];
  void pass(inner, outer, kept).catch(() => {});
  void pass(outer, inner, []).catch(() => {});
  const channels = [far];
  const from = guest(false);
  from.resume();
  const common = { clock, boot: "", timeout: 5000 };
  const accept = (): Promise<Channel> => {
    const next = channels.pop();
    return next === undefined ? new Promise(() => {}) : Promise.resolve(next);
  };
  const destination = awaitMove({ ...common, guest: guest(true), accept, record: folder("destination") });
  const move = { move: "00112233445566778899aabbccddeeff", record: folder("source"), policy: POLICIES["writer-limit"]({}) };
  const source = startMove({
    ...common,
    ...move,
    guest: from,
    connect: async () => near,
    parameters: { ...DEFAULTS, maxBandwidth: 4 << 20, ...parameters },
  });
  const [left, arrived] = await clock.run(Promise.all([source.outcome, destination.outcome]), { limit: 600_000 });
  expect([left.status, arrived.status]).toEqual(["completed", "completed"]);
  return Buffer.concat(kept);
}

test.each([
  ["as it is", {}],
  ["with differences of pages", { xbzrleCacheSize: 1 << 22 }],
])("what the engine sends as pc-2.2 is a stream without a fault, %s", async (_, parameters) => {
  await inTemporaryFolder(async ({ file }) => {
    const bytes = Buffer.from(await sent(file, parameters));
    // Before it stands the greeting, and behind it the hand-over.
    const stream = bytes.subarray(bytes.indexOf("QEVM"), bytes.lastIndexOf("VMS1"));
    writeFileSync(file("sent.mig"), stream);
    const { status, err } = runCli("vmstate", ["stream", "verify", "--machine", "pc-2.2", "--profile", "7.2", file("sent.mig")]);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const info = JSON.parse(
      runCli("vmstate", ["stream", "info", "--json", "--machine", "pc-2.2", "--profile", "7.2", file("sent.mig")]).out,
    ) as { bytes: { opaque: number } };
    expect(info.bytes.opaque).toBe(0);
    return "";
  });
});

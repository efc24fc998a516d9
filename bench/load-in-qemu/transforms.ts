import { copyFileSync, readFileSync, rmSync } from "node:fs";
import { machineCodecs, profilesOf } from "../../cli/machine-codecs.ts";
import { devicesOfStream } from "../../runtime/guest/devices-of-stream.ts";
import type { Guest } from "../../runtime/guest/guest.ts";
import { writeStream } from "../../runtime/migration/save-file.ts";
import { openChannel } from "../../runtime/transport/open-channel.ts";
import { vmstateStream } from "./vmstate-stream.ts";

/** Makes the stream file `to` of `from`, which does not exist any more afterwards. */
export type Transform = (from: string, to: string) => void | Promise<void>;

/** Changes nothing: proves that what goes wrong otherwise is not this program's fault. */
export const plainCopy: Transform = (from, to) => {
  copyFileSync(from, to);
  rmSync(from);
};

/** By our commands: what is loaded was written from nothing but JSON. */
export const throughJson: Transform = (from, to) => {
  const json = `${to}.json`;
  vmstateStream(["decode", from], json);
  rmSync(from);
  vmstateStream(["encode", json, "-o", to]);
};

/** By rewrite, which sends each page once and in order, with what it holds at the end. */
export const finalRam: Transform = (from, to) => {
  vmstateStream(["rewrite", "--ram", "final", from, "-o", to]);
  rmSync(from);
};

/** By the engine: the machine is loaded into a guest of ours, by its codecs, and that is saved. */
export function throughEngine(machineType: string, build: string): Transform {
  return async (from, to) => {
    const machine = await machineCodecs(
      machineType,
      profilesOf(machineType).find((profile) => build.startsWith(profile)),
    );
    const { devices, blocks } = devicesOfStream(machine, readFileSync(from), { contents: true });
    rmSync(from);
    await writeStream(
      standing({
        machine,
        devices,
        blocks: blocks.map(({ id, size, contents = new Uint8Array(size) }) => ({ id, size, pageSize: 4096, bytes: contents })),
      }),
      await openChannel(`file:${to}`, { direction: "write" }),
    );
  };
}

/** A guest that nothing runs in: what is asked of one that is only saved. */
function standing(held: Pick<Guest, "machine" | "devices" | "blocks">): Guest {
  const nothing = (): void => {};
  return {
    ...held,
    isRunning: false,
    startDirtyLog: nothing,
    stopDirtyLog: async () => {},
    syncDirty: () => 0,
    pause: async () => {},
    resume: nothing,
    throttle: nothing,
    sleepWriters: nothing,
    limitWriters: nothing,
    resetDevices: nothing,
    progress: () => 0n,
  };
}

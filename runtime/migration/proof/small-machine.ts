import { type ByteReader, type ByteWriter, CODEC_ABI, type Codec, LoadError, type Machine } from "../../codec/v1.ts";
import type { Device } from "../../guest/guest.ts";

export interface SmallState {
  cpu_clock_offset: bigint;
  count: number;
}

const BYTES = 12;

/** A device with a clock and a number, by the name of QEMU's timer; it refuses the number 666. */
const codec: Codec<SmallState> = {
  abi: CODEC_ABI,
  name: "timer",
  versionId: 1,
  minimumVersionId: 1,
  save: (s: SmallState, w: ByteWriter): void => {
    w.view.setBigInt64(w.at, s.cpu_clock_offset);
    w.view.setUint32(w.at + 8, s.count);
    w.at += BYTES;
  },
  load: (r: ByteReader): SmallState => {
    if (r.end - r.at < BYTES) throw new LoadError("truncated", "timer/count", r.at, "The section ends within 'timer/count'.");
    const state = { cpu_clock_offset: r.view.getBigInt64(r.at), count: r.view.getUint32(r.at + 8) };
    if (state.count === 666)
      throw new LoadError("invalid", "timer/count", r.at + 8, "Input validation failed: timer/count is not the beast");
    r.at += BYTES;
    return state;
  },
  loadInto: () => {
    throw new Error("Nobody asks for it.");
  },
};

export function smallMachine(footers: boolean): Machine {
  return {
    name: "pc-small",
    aliases: [],
    container: { configuration: footers, footers, description: false },
    sections: [],
  };
}

/** `counts` are the devices' numbers. */
export function smallDevices(counts: readonly number[]): (Device & { state: SmallState })[] {
  return counts.map((count, instance) => ({
    name: `0000:00:0${instance}.0/timer`,
    instance: 0,
    sectionId: 4 + instance,
    codec,
    properties: {},
    state: { cpu_clock_offset: 0n, count },
  }));
}

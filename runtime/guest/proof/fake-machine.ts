import { type ByteReader, type ByteWriter, CODEC_ABI, type Codec, type Machine } from "../../codec/v1.ts";
import type { Device } from "../guest.ts";

export interface FakeState {
  cpu_clock_offset: bigint;
  count: number;
}

/** A device with a clock and a number, by the name of QEMU's timer. */
const codec: Codec<FakeState> = {
  abi: CODEC_ABI,
  name: "timer",
  versionId: 1,
  minimumVersionId: 1,
  save: (s: FakeState, w: ByteWriter): void => {
    w.view.setBigInt64(w.at, s.cpu_clock_offset);
    w.view.setUint32(w.at + 8, s.count);
    w.at += 12;
  },
  load: (r: ByteReader): FakeState => {
    const state = { cpu_clock_offset: r.view.getBigInt64(r.at), count: r.view.getUint32(r.at + 8) };
    r.at += 12;
    return state;
  },
  loadInto: () => {
    throw new Error("Nobody asks for it.");
  },
};

export const FAKE_MACHINE: Machine = {
  name: "fake",
  aliases: [],
  container: { configuration: true, footers: true, description: true },
  sections: [],
};

export function fakeDevice(name = "timer", count = 0): Device & { state: FakeState } {
  return { name, instance: 0, sectionId: 3, codec, properties: {}, state: { cpu_clock_offset: 0n, count } };
}

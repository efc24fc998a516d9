import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { MACHINES } from "../../machines/gen/machines.ts";
import type { Machine } from "../../runtime/codec/v1.ts";
import { CaptureError } from "../../runtime/guest/capture-error.ts";
import { type CapturedMachine, devicesOfStream } from "../../runtime/guest/devices-of-stream.ts";
import type { Device } from "../../runtime/guest/guest.ts";
import { resizedBlocks } from "../../runtime/guest/ram-options.ts";
import { differingDevices, savedState } from "../../runtime/guest/saved-state.ts";
import { createSyntheticGuest } from "../../runtime/guest/synthetic/synthetic-guest.ts";

const fixture = (name: string): Buffer => gunzipSync(readFileSync(join(import.meta.dirname, `../../fixtures/machines/${name}.mig.gz`)));

/** The machine type as the build has it that wrote the stream. */
function machineOf(name: string): Promise<Machine> {
  const [, build, machine] = /^([\d.]+)-(pc-i440fx-[\d.]+)-/.exec(name) ?? [];
  return MACHINES[`${machine}/${build}` as keyof typeof MACHINES]();
}

const capture = async (name: string): Promise<CapturedMachine> => devicesOfStream(await machineOf(name), fixture(name));

/** A section as the stream has it, from its id to the end of its body. */
function sectionOf(device: Device): Buffer {
  const { name, instance, sectionId, codec } = device;
  const head = Buffer.alloc(5 + name.length + 8);
  head.writeUInt32BE(sectionId);
  head.writeUInt8(name.length, 4);
  head.write(name, 5, "latin1");
  head.writeUInt32BE(instance, 5 + name.length);
  head.writeUInt32BE(codec.versionId, 9 + name.length);
  return Buffer.concat([head, savedState(device)]);
}

test.each([
  "5.2-pc-i440fx-2.0-bare",
  "7.2-pc-i440fx-2.0-hda-duplex",
  "7.2-pc-i440fx-2.0-vmxnet3",
  "5.2-pc-i440fx-2.1-virtio-blk-error",
  "7.2-pc-i440fx-2.1-smp-2",
  "7.2-pc-i440fx-2.1-pci-bridges-nested",
  "5.2-pc-i440fx-2.2-lsi53c895a-hd-cd",
  "7.2-pc-i440fx-2.2-virtio-scsi",
  "7.2-pc-i440fx-2.2-isa-cirrus-vga",
  "5.2-pc-i440fx-2.12-e1000",
])("a save of every device of %s gives its section's bytes", async (name) => {
  const bytes = fixture(name);
  const { devices } = await capture(name);
  expect(devices.length).toBeGreaterThan(20);
  let at = 0;
  for (const device of devices) {
    const section = sectionOf(device);
    const place = bytes.indexOf(section, at);
    expect(place, device.name).toBeGreaterThan(at);
    at = place + section.length;
  }
});

test("two captures of one stream are the same, and a field that was changed is told by its device", async () => {
  const [a, b] = [await capture("5.2-pc-i440fx-2.0-bare"), await capture("5.2-pc-i440fx-2.0-bare")];
  expect(differingDevices(a.devices, b.devices)).toEqual([]);
  const timer = b.devices.find(({ name }) => name === "timer")?.state as { cpu_clock_offset: bigint };
  timer.cpu_clock_offset++;
  expect(differingDevices(a.devices, b.devices)).toEqual(["timer#0"]);
  expect(differingDevices(a.devices.slice(1), a.devices)).toEqual(["timer#0"]);
});

test("RAM comes with its contents when they are wanted", async () => {
  const name = "5.2-pc-i440fx-2.0-bare";
  const machine = await machineOf(name);
  const { blocks } = devicesOfStream(machine, fixture(name), { contents: true });
  expect((await capture(name)).blocks).toEqual(blocks.map(({ id, size }) => ({ id, size })));
  expect(blocks[0]).toMatchObject({ id: "pc.ram", size: 2 << 20 });
  for (const { size, contents } of blocks) expect(contents).toHaveLength(size);
  const bios = blocks.find(({ id }) => id === "pc.bios")?.contents;
  expect(bios?.some((byte) => byte !== 0)).toBe(true);
});

test.each([
  ["5.2-pc-i440fx-2.2-slots-4", "refused", "piix4_pm"],
  ["7.2-pc-i440fx-2.2-slots-32", "refused", "piix4_pm"],
])("%s, which a user configured otherwise, is refused by section", async (name, code, path) => {
  const error = await capture(name).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CaptureError);
  expect((error as CaptureError).code).toBe(code);
  expect((error as CaptureError).path).toContain(path);
});

test("a damaged stream is refused with the place, and a section of no machine type by its name", async () => {
  const name = "5.2-pc-i440fx-2.0-bare";
  const machine = await machineOf(name);
  const bytes = fixture(name);
  expect(() => devicesOfStream(machine, bytes.subarray(0, bytes.length - 20))).toThrow(CaptureError);
  const without: Machine = { ...machine, sections: machine.sections.filter(({ codec }) => codec.name !== "i8254") };
  const place = bytes.indexOf("i8254");
  expect(() => devicesOfStream(without, bytes)).toThrow(expect.objectContaining({ code: "unknown-section", path: "i8254" }));
  // The version behind the name and the instance.
  bytes.writeUInt32BE(99, place + 9);
  expect(() => devicesOfStream(machine, bytes)).toThrow(expect.objectContaining({ code: "refused", path: "i8254", at: place + 13 }));
});

test("a guest is made of a capture, in which the time of its devices goes on while it runs", async () => {
  const { devices, blocks } = devicesOfStream(await machineOf("5.2-pc-i440fx-2.0-bare"), fixture("5.2-pc-i440fx-2.0-bare"), {
    contents: true,
  });
  const before = await capture("5.2-pc-i440fx-2.0-bare");
  const ram = resizedBlocks(blocks, { "pc.ram": 4 << 20 });
  const machine = await machineOf("5.2-pc-i440fx-2.0-bare");
  const guest = await createSyntheticGuest({ machine, devices, ram, workload: { name: "sweep" } });
  expect(guest.blocks.map(({ id, size }) => [id, size])).toEqual(blocks.map(({ id, size }) => [id, id === "pc.ram" ? 4 << 20 : size]));
  const bios = blocks.find(({ id }) => id === "pc.bios")?.contents;
  expect(guest.blocks.find(({ id }) => id === "pc.bios")?.bytes).toEqual(bios);
  guest.resume();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await guest.pause();
  expect(differingDevices(before.devices, guest.devices)).toEqual(["timer#0", "mc146818rtc#0", "i8254#0"]);
  expect(guest.verify().badPages).toBe(0);
  guest.resetDevices();
  expect(differingDevices(before.devices, guest.devices)).toEqual([]);
  await guest.stop();
});

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { InputError } from "../../describe/index.ts";
import type { Scope } from "../compare.ts";
import { readLibvirt } from "./libvirt.ts";
import { LIBVIRT_MODELS } from "./libvirt-models.ts";
import { readScope } from "./read-scope.ts";

const vm = (name: string): string => readFileSync(new URL(`../../../fixtures/vm/${name}`, import.meta.url), "utf8");
const DOMAINS = ["domain-i440fx.xml", "domain-q35-server.xml", "domain-q35-desktop.xml"];

/** A domain with nothing but its board; `devices` stands beside what keeps libvirt from adding devices. */
function domain(devices: string, { machine = "pc-i440fx-7.2", type = "qemu", features = "<acpi/>", more = "" } = {}): string {
  return `<domain type='${type}'><os><type machine='${machine}'>hvm</type></os><features>${features}</features>
    <devices><controller type='usb' model='none'/><memballoon model='none'/>${devices}</devices>${more}</domain>`;
}
const read = (xml: string): Scope => readLibvirt(xml, "vm");
const BARE = new Set(read(domain("")).types);
const added = (devices: string): string[] => read(domain(devices)).types.filter((type) => !BARE.has(type));

test("a domain has the same devices as the VM that QEMU ran for it", async () => {
  const { types } = await readScope(vm("qtree-7.2-i440fx.txt"), "vm");
  expect(read(vm("domain-i440fx.xml"))).toEqual({ source: "libvirt", types, complete: true, unknown: [] });
});

test("a q35 domain covers what info qtree of that board lists", async () => {
  const qtree = await readScope(vm("qtree-10.0-q35.txt"), "vm");
  const devices = `<controller type='pci' model='pcie-root-port'/><interface type='user'><model type='virtio'/></interface>
    <video><model type='vga'/></video><sound model='ich9'/>`;
  const xml = domain(devices, { machine: "pc-q35-2.12" }).replace("<memballoon model='none'/>", "");
  // The bus controller goes by another name in 5.2.
  expect(read(xml).types.filter((type) => type !== "ICH9 SMB")).toEqual(qtree.types);
});

test.each(DOMAINS)("%s is understood whole, in types that QEMU knows", async (name) => {
  const real = new Set((await readScope(vm("device-types.txt"), "vm")).types);
  const scope = read(vm(name));
  expect(scope.unknown).toEqual([]);
  expect(scope.complete).toBe(true);
  expect(scope.types.filter((type) => !real.has(type))).toEqual([]);
});

test("a server's devices, without what its features switch off", () => {
  const { types } = read(vm("domain-q35-server.xml"));
  for (const type of [
    "virtio-net-device",
    "virtio-blk-device",
    "vfio-pci",
    "cfi.pflash01",
    "vhost-user-fs-device",
    "kvm-ioapic",
    "vmcoreinfo",
  ]) {
    expect(types).toContain(type);
  }
  for (const type of ["hpet", "vmport", "vmmouse", "ioapic", "isa-fdc"]) expect(types).not.toContain(type);
});

test("an interrupt controller in QEMU replaces the kernel's", () => {
  const { types } = read(vm("domain-q35-desktop.xml"));
  expect(types).toEqual(expect.arrayContaining(["ioapic", "isa-pit", "kvmclock", "isa-fdc", "floppy", "hpet"]));
  expect(types.filter((type) => /^kvm-/.test(type))).toEqual([]);
});

test.each([
  ["<interface type='network'><model type='virtio-transitional'/></interface>", "virtio-net-device virtio-net-pci-transitional"],
  ["<interface type='user'><model type='igb'/></interface>", "igb"],
  ["<disk><target dev='hda'/></disk>", "ide-hd"],
  ["<disk device='cdrom'><target dev='hdc' bus='ide'/></disk>", "ide-cd"],
  ["<disk type='vhostuser' device='disk'><target dev='vda' bus='virtio'/></disk>", "vhost-user-blk vhost-user-blk-pci"],
  ["<disk><target bus='sata'/></disk>", "ich9-ahci ide-hd"],
  ["<controller type='scsi' model='lsisas1078'/>", "megasas"],
  ["<controller type='scsi' model='vmpvscsi'/>", "pvscsi"],
  ["<controller type='pci' model='pcie-root-port'><model name='ioh3420'/></controller>", "ioh3420"],
  ["<video><model type='qxl' primary='no'/></video>", "qxl"],
  ["<sound model='ich6'/>", "hda-duplex intel-hda"],
  ["<sound model='ich6'><codec type='output'/></sound>", "hda-output intel-hda"],
  ["<channel><target type='virtio'/></channel>", "virtio-serial-device virtio-serial-pci virtserialport"],
  ["<console><target type='serial'/></console>", "isa-serial"],
  ["<panic model='pvpanic'/>", "pvpanic-pci"],
  ["<hostdev type='pci'><source/></hostdev>", "vfio-pci"],
  ["<memory model='virtio-mem'/>", "virtio-mem virtio-mem-pci"],
])("%s brings %s", (devices, types) => {
  expect(added(devices).join(" ")).toBe(types);
  expect(read(domain(devices)).complete).toBe(true);
});

test.each([
  ["<interface type='user'><model type='foo'/></interface>", "interface model 'foo'"],
  ["<interface type='user'/>", "interface without a model"],
  ["<disk><target dev='xvda' bus='xen'/></disk>", "disk bus 'xen', device 'disk'"],
  ["<controller type='usb'/>", "usb controller without a model"],
  ["<frobnicator/>", "element <frobnicator> in <devices>"],
  ["<rng/>", "rng without a model"],
  ["<rng model='constructor'/>", "rng model 'constructor'"],
  ["<constructor/>", "element <constructor> in <devices>"],
  ["<rng model='virtio'><address type='ccw'/></rng>", "rng address type 'ccw'"],
  ["<sound model='ich9'><codec type='foo'/></sound>", "codec type 'foo'"],
  ["<x:disk xmlns:x='urn:x'/>", "element <x:disk> in <devices>"],
])("%s is listed as unknown", (devices, unknown) => {
  const scope = read(domain(devices));
  expect(scope.unknown).toContain(unknown);
  expect(scope.complete).toBe(false);
  expect([...BARE].filter((type) => !scope.types.includes(type))).toEqual([]);
});

test("an unknown machine, accelerator or feature is listed too", () => {
  expect(read(domain("", { machine: "pseries-9.0", type: "hvf", features: "<acpi/><teleport/>" })).unknown).toEqual([
    "domain type 'hvf'",
    "element <teleport> in <features>",
    "machine type 'pseries-9.0'",
  ]);
  expect(read("<domain type='kvm'/>").unknown).toContain("domain without a machine type");
});

test("only -device is understood of QEMU's own arguments", () => {
  const args = [
    "-device",
    "virtio-net,id=a",
    "-device",
    '{"driver":"edu"}',
    "-device",
    "id=b,driver=ahci",
    "-cpu",
    "host",
    "-S",
    "-device",
  ];
  const more = `<q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>
    ${args.map((value) => `<q:arg value='${value}'/>`).join("")}<q:env name='A' value='-device'/></q:commandline>`;
  const scope = read(domain("", { more }));
  expect(scope.types.filter((type) => !BARE.has(type))).toEqual(["edu", "ich9-ahci", "virtio-net-device", "virtio-net-pci"]);
  expect(scope.unknown).toEqual(["QEMU argument '-S'", "QEMU argument '-cpu'", "QEMU argument '-device'"]);
});

test("an unknown element never takes known types away", () => {
  const word = fc.stringMatching(/^[a-z]{3,8}[0-9]{2}$/);
  const places = ["<devices>", "<features>", "<clock ", "<os>", "</devices>"];
  fc.assert(
    fc.property(fc.constantFrom(...DOMAINS), word, word, fc.constantFrom(...places), (name, element, value, place) => {
      const xml = vm(name);
      fc.pre(xml.includes(place));
      const before = new Set(read(xml).types);
      const strange = `<${element} model='${value}' type='${value}' state='off'><model type='${value}'/></${element}>`;
      const insert = place === "<clock " || place === "</devices>" ? `${strange}${place}` : `${place}${strange}`;
      const after = read(xml.replace(place, () => insert));
      expect(after.complete).toBe(false);
      expect([...before].filter((type) => !after.types.includes(type))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("entities never expand", () => {
  const bomb = `<!DOCTYPE domain [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>`;
  expect(read(bomb + domain("")).types).toEqual([...BARE]);
  for (const entity of ["&b;", "&f;"]) {
    expect(() => read(bomb + domain(`<description>${entity}</description>`))).toThrow(InputError);
  }
});

test("malformed and oversized XML is refused", () => {
  const code = (xml: string): unknown => {
    try {
      return read(xml);
    } catch (error) {
      return error instanceof InputError ? error.code : error;
    }
  };
  const whole = vm("domain-q35-desktop.xml");
  for (let length = 1; length < whole.trimEnd().length; length += 97) expect(code(whole.slice(0, length))).toBe("XML_SYNTAX");
  expect(code("<a>".repeat(1000))).toBe("XML_TOO_LARGE");
  expect(code(`<domain>${"<a/>".repeat(100_001)}</domain>`)).toBe("XML_TOO_LARGE");
  expect(code("<domain a='1' a='2'/>")).toBe("XML_SYNTAX");
});

test("no implicit device depends on an element that the walk does not see", () => {
  const known = [...Object.keys(LIBVIRT_MODELS.elements), ...LIBVIRT_MODELS.withoutDevices, ...LIBVIRT_MODELS.containers];
  for (const { has, hasNot } of LIBVIRT_MODELS.implicit) expect(known).toEqual(expect.arrayContaining([has.element, hasNot.element]));
});

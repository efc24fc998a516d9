import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { InputError } from "../../describe/index.ts";
import { readScope, SCOPE_SOURCES } from "./index.ts";

const vm = (name: string): string => readFileSync(new URL(`../../../fixtures/vm/${name}`, import.meta.url), "utf8");

async function fault(text: string): Promise<InputError> {
  const error = await readScope(text, "vm").then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw new Error(`no InputError for ${text.slice(0, 40)}`, { cause: error });
  return error;
}

test("a list holds types by line and comma, with comments", async () => {
  const scope = await readScope("\ufeff# devices\r\ne1000, ide-hd\r\n\r\nvirtio-blk-pci # the disk\nICH9 SMB\ne1000\n", "vm");
  expect(scope).toEqual({ source: "list", types: ["ICH9 SMB", "e1000", "ide-hd", "virtio-blk-pci"], complete: true, unknown: [] });
});

test("the list of every device type of real builds is read whole", async () => {
  const { types } = await readScope(vm("device-types.txt"), "vm");
  expect(types.length).toBeGreaterThan(350);
  expect(types).toEqual(expect.arrayContaining(["virtio-net-device", "piix3-ide", "ICH9 SMB"]));
});

test("the devices of real info qtree texts, on nested buses too", async () => {
  const old = await readScope(vm("qtree-7.2-i440fx.txt"), "vm");
  expect(old.source).toBe("qtree");
  expect(old.complete).toBe(true);
  expect(old.types.join(" ")).toBe(
    "PIIX3 PIIX4_PM e1000 fw_cfg_io hpet i440FX i440FX-pcihost i8042 i8257 ioapic isa-fdc isa-i8259 isa-pcspk isa-pit kvmvapic " +
      "mc146818rtc piix3-ide piix3-usb-uhci port92 ps2-kbd ps2-mouse scsi-hd smbus-eeprom usb-tablet virtio-scsi-device virtio-scsi-pci vmmouse vmport",
  );
  const q35 = await readScope(vm("qtree-10.0-q35.txt"), "vm");
  expect(q35.types).toEqual(expect.arrayContaining(["ICH9-LPC", "pcie-root-port", "virtio-net-device", "hda-duplex", "VGA"]));
  expect(q35.types).not.toContain("PIIX3");
});

test("a type with a comma survives in info qtree", async () => {
  expect((await readScope('bus: main\n  dev: SUNW,fdtwo, id "a, id "\n  dev: hpet\n', "vm")).types).toEqual(["SUNW,fdtwo", "hpet"]);
});

test("a JSON array of types is a complete scope", async () => {
  expect(await readScope('["e1000", "SUNW,fdtwo"]', "vm")).toEqual({
    source: "qmp",
    types: ["SUNW,fdtwo", "e1000"],
    complete: true,
    unknown: [],
  });
  expect((await readScope('{"return": ["e1000"]}', "vm")).complete).toBe(true);
});

test("one answer of a real qom-list says that it does not descend", async () => {
  const scope = await readScope(vm("qom-list-7.2-peripheral.json"), "vm");
  expect(scope.types).toEqual(["e1000", "virtio-scsi-pci"]);
  expect(scope.complete).toBe(false);
  expect(scope.unknown).toEqual(["what lies under 2 of 2 listed objects"]);
});

test("answers for every child make a complete scope; links and plain properties are no devices", async () => {
  const answers = [
    [
      { name: "type", type: "string" },
      { name: "peripheral", type: "child<container>" },
      { name: "rtc_state", type: "link<isa-device>" },
    ],
    [{ name: "net0", type: "child<virtio-net-pci>" }],
    [
      { name: "virtio-backend", type: "child<virtio-net-device>" },
      { name: "bar[0]", type: "child<memory-region>" },
    ],
    [{ name: "type", type: "string" }],
  ];
  const scope = await readScope(answers.map((answer) => JSON.stringify({ return: answer })).join("\n"), "vm");
  expect(scope).toEqual({ source: "qmp", types: ["virtio-net-device", "virtio-net-pci"], complete: true, unknown: [] });
});

test.each([
  ["", "EMPTY"],
  [" \n\t", "EMPTY"],
  ["# only a comment\n", "EMPTY"],
  ["[]", "EMPTY"],
  ["hpet\nThis is a letter about devices.\n", "NOT_A_SCOPE"],
  ["\0\x01\x02", "NOT_A_SCOPE"],
  ["bus: main-system-bus\n  type System\n", "NOT_A_SCOPE"],
  ['{"vmschkmachine": {"Name": "pc"}}', "NOT_A_SCOPE"],
  ["[1]", "NOT_A_SCOPE"],
  ['{"return": [{"name": "e1000", "parent": "device"}]}', "NOT_A_SCOPE"],
  ["[", "JSON_TRUNCATED"],
  ['{"error": {"class": "GenericError", "desc": "x"}}', "QMP_ERROR"],
  ["<network/>", "NOT_A_SCOPE"],
  ["<", "XML_SYNTAX"],
])("%j is refused in one sentence: %s", async (text, code) => {
  const error = await fault(text);
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/^vm(:\d+:\d+)?: [A-Z][^\n]*\.$/);
});

test("faults carry their place", async () => {
  expect((await fault("hpet\n e1000, no type at all\n")).position).toMatchObject({ line: 2, column: 9 });
  expect((await fault('{"return": {}}\n{"return": ["a",]}\n')).position).toMatchObject({ line: 2, column: 17 });
  expect((await fault("<domain>\n  <os></oops>\n</domain>")).position).toMatchObject({ line: 2, column: 13 });
});

test("any text gives a scope or an InputError", async () => {
  const pieces = fc.constantFrom("<domain>", "</domain>", "<a/>", "dev: x", "[", "]", '"a"', "{", "}", "\n", ",", "#", "&x;", '{"return":');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), async (parts) => {
      const result = await readScope(parts.join(""), "vm").catch((error: unknown) => error);
      expect(result instanceof InputError || Array.isArray((result as { types?: unknown }).types)).toBe(true);
    }),
  );
});

test("every source is documented once", () => {
  expect(SCOPE_SOURCES.map(({ source }) => source).sort()).toEqual(["libvirt", "list", "qmp", "qtree", "stream"]);
});

test("hostile text takes linear time", async () => {
  const start = performance.now();
  for (const text of [
    `dev: ${" ".repeat(1_000_000)}x`,
    `["${'\\"'.repeat(1_000_000)}`,
    "a".repeat(2_000_000),
    `<domain ${"a ".repeat(1000)}`,
  ]) {
    await readScope(text, "vm").catch((error: unknown) => expect(error).toBeInstanceOf(InputError));
  }
  expect(performance.now() - start).toBeLessThan(5000);
});

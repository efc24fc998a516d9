import { expect, test } from "vitest";
import { compare, InputError, parse, type Report, type Verdict } from "./index.ts";

type Json = Readonly<Record<string, unknown>>;

const field = (name: string, size: number, more: Json = {}): Json => ({ field: name, version_id: 0, field_exists: false, size, ...more });
const since = (version_id: number): Json => ({ version_id });
const num = (count: number): Json => ({ num: count });
const conditional: Json = { field_exists: true };
const unused = (size: number): Json => field("unused", size);
const vmsd = (name: string, Fields: readonly Json[] | undefined, more: Json = {}): Json => ({
  ...{ name, version_id: 1, minimum_version_id: 1, ...(Fields === undefined ? {} : { Fields }), ...more },
});
const struct = (name: string, Description: Json, more: Json = {}): Json => field(name, 64, { Description, ...more });
const versions = (version_id: number, minimum_version_id: number): Json => ({ version_id, minimum_version_id });

/** A section whose description says the same versions, unless `stated` says otherwise for the section. */
function section(Name: string, Description: Json, stated: Json = {}): Json {
  const { version_id, minimum_version_id } = Description;
  return { [Name]: { Name, version_id, minimum_version_id, Description, ...stated } };
}

/** A dump with a machine name and a section that never changes beside those that are given. */
const dump = (sections: Json, machine: Json = { vmschkmachine: { Name: "pc" } }): string =>
  JSON.stringify({ ...machine, ...section("other", vmsd("other", [field("x", 4, num(2))])), ...sections });

const check = (old: string, new_: string): Report => compare(parse(Buffer.from(old), "old.json"), parse(Buffer.from(new_), "new.json"));

/** The device "dev" with these fields, version 2 unless said otherwise. */
const dev = (Fields: readonly Json[] | undefined, more: Json = {}): string =>
  dump(section("dev", vmsd("dev", Fields, { ...versions(2, 1), ...more })));

const [a, b, c] = [field("a", 4), field("b", 4), field("c", 4)];
const inner = (...Fields: Json[]): Json => vmsd("inner", Fields, versions(1, 0));
const inner2 = (...Fields: Json[]): Json => vmsd("inner", Fields, versions(2, 0));
const withSubsections = (...Subsections: Json[]): string => dev([a], { Subsections });
const sub = (...Fields: Json[]): Json => vmsd("dev/sub", Fields);
const kinds = (text: string): string => text.replace('"Name":"pc"', '"Name":"pc","schema":"vmstate-metadata/1"');

type Row = [change: string, old: string, new_: string, forward: Verdict, backward: Verdict];

/** Change from old to new, and what becomes of state that the old build saves and the new one loads, and the other way. */
const ROWS: Row[] = [
  ["another trailing field, same version", dev([a]), dev([a, b]), "incompatible", "incompatible"],
  ["array of 4 to 8", dev([a, field("r", 2, num(4))]), dev([a, field("r", 2, num(8))]), "incompatible", "incompatible"],
  ["nested struct gains a trailing field", dev([struct("s", inner(a))]), dev([struct("s", inner(a, b))]), "incompatible", "incompatible"],
  [
    "nested struct gains a field with its own version",
    dev([struct("s", inner(a)), b]),
    dev([struct("s", inner2(a, field("n", 4, since(2)))), b]),
    "incompatible",
    "incompatible",
  ],
  ["a field turns conditional", dev([a, b]), dev([a, { ...b, ...conditional }]), "depends", "depends"],
  // The bytes differ whenever the subsection is sent, and metadata does not say when that is.
  ["a subsection gains a field", withSubsections(sub(b)), withSubsections(sub(b, c)), "depends", "depends"],
  ["no fields, then two", dev([]), dev([a, b]), "incompatible", "incompatible"],
  ["no list of fields, then two", dev(undefined), dev([a, b]), "incompatible", "incompatible"],
  ["a guard above the section's own version", dev([a, b]), dev([a, { ...b, ...since(3) }]), "incompatible", "incompatible"],
  ["a new field with the new version", dev([a], versions(1, 1)), dev([a, { ...b, ...since(2) }]), "compatible", "incompatible"],
  [
    "a field that was always sent gets the new version",
    dev([a, b], versions(1, 1)),
    dev([a, { ...b, ...since(2) }]),
    "incompatible",
    "incompatible",
  ],
  [
    "only the section's own minimum is violated",
    dev([a]),
    dump(section("dev", vmsd("dev", [a], versions(2, 1)), versions(2, 3))),
    "incompatible",
    "compatible",
  ],
  ["another machine name", dev([a]), dev([a]).replace('"pc"', '"q35"'), "compatible", "compatible"],
  ["a guarded field in the middle", dev([a, c]), dev([a, { ...b, ...since(3) }, c], versions(3, 1)), "compatible", "incompatible"],
  ["a rename", dev([a, b]), dev([a, field("renamed", 4)]), "compatible", "compatible"],
  ["two fields to padding", dev([a, field("r", 4, num(4)), c]), dev([unused(20), c]), "compatible", "compatible"],
  [
    "one field to two alternatives",
    dev([field("v", 256), b]),
    dev([field("v", 256, conditional), field("v", 4096, conditional), b]),
    "depends",
    "depends",
  ],
  ["a device type that only one side lists", dump({ ...section("gone", vmsd("gone", [a])) }), dump({}), "unknown", "unknown"],
  ["a field to padding", dev([a, b]), dev([unused(4), b]), "compatible", "compatible"],
  ["as many bytes in other elements", dev([field("r", 4, num(4))]), dev([field("r", 8, num(2))]), "incompatible", "incompatible"],
  ["another order", dev([a, b, c]), dev([b, a, c]), "incompatible", "incompatible"],
  ["a source that is too old", dev([a], versions(1, 1)), dev([a], versions(3, 2)), "incompatible", "incompatible"],
  ["a field in the middle", dev([a, c]), dev([a, b, c]), "incompatible", "incompatible"],
  [
    "another storage size of a struct",
    dev([struct("s", inner(a))]),
    dev([struct("s", inner(a), { size: 200 })]),
    "compatible",
    "compatible",
  ],
  ["a scalar to a struct of other bytes", dev([a]), dev([struct("a", inner(b, c))]), "incompatible", "incompatible"],
  ["a struct of one field to a scalar of as many bytes", dev([struct("a", inner(b))]), dev([a]), "compatible", "compatible"],
  ["a guard raised below the version that is sent", dev([a]), dev([{ ...a, ...since(2) }]), "compatible", "compatible"],
  ["a guard lowered", dev([{ ...a, ...since(2) }]), dev([{ ...a, ...since(1) }]), "compatible", "compatible"],
  ["another type of the same size, in dumps", dev([a]), dev([a]), "compatible", "compatible"],
  [
    "another type of the same size, with kinds",
    kinds(dev([{ ...a, kind: "int32" }])),
    kinds(dev([{ ...a, kind: "uint32 equal" }])),
    "depends",
    "compatible",
  ],
  [
    "alternatives in another order",
    dev([field("config", 256, conditional), field("config", 4096, conditional)]),
    dev([field("config", 4096, conditional), field("config", 256, conditional)]),
    "compatible",
    "compatible",
  ],
  ["another subsection", dev([a]), withSubsections(sub(b)), "compatible", "depends"],
  ["a subsection that the receiver lacks", withSubsections(sub(b)), withSubsections(), "depends", "compatible"],
  ["a section that only the new side has", dump({}), dump(section("new", vmsd("new", [a]))), "unknown", "unknown"],
  // A section's description gives the name on the wire; a struct's gives none.
  ["another name of the section's description", dev([a]), dev([a], { name: "dev2" }), "incompatible", "incompatible"],
  [
    "another name of a struct's description",
    dev([struct("s", inner(a))]),
    dev([struct("s", { ...inner(a), name: "other" })]),
    "compatible",
    "compatible",
  ],
  ["fields wrapped into a struct", dev([a, b, c]), dev([struct("s", inner(a, b)), c]), "compatible", "compatible"],
  ["fields unwrapped from a struct", dev([struct("s", inner(a, b)), c]), dev([a, b, c]), "compatible", "compatible"],
  ["wrapped behind another first field", dev([a, b]), dev([struct("s", inner(field("x", 2), a)), b]), "incompatible", "incompatible"],
  ["padding larger than the last field", dev([{ ...a, ...num(1) }]), dev([unused(8)]), "incompatible", "incompatible"],
  ["padding over a field and the next one", dev([{ ...a, ...num(1) }, c]), dev([unused(8), c]), "incompatible", "incompatible"],
  // Without `num` the field may be an array whose length another field gives.
  ["padding larger than a field without a count", dev([a]), dev([unused(8)]), "unknown", "unknown"],
  ["padding over an array", dev([a, field("b", 4, num(2)), c]), dev([unused(12), c]), "compatible", "compatible"],
  ["padding over an array, short of the last field", dev([a, field("b", 4, num(2)), c]), dev([unused(12)]), "incompatible", "incompatible"],
  ["padding of which one part becomes a field", dev([unused(8)]), dev([unused(4), field("n", 4)]), "compatible", "compatible"],
  ["padding smaller than the field", dev([field("a", 8), c]), dev([unused(4), c]), "incompatible", "incompatible"],
  ["a newer source", dev([a, { ...b, ...since(2) }]), dev([a], versions(1, 1)), "incompatible", "compatible"],
  ["a raised minimum", dev([a], versions(1, 1)), dev([a], versions(2, 2)), "incompatible", "incompatible"],
  ["no machine name", dev([a]), dump(section("dev", vmsd("dev", [a], versions(2, 1))), {}), "compatible", "compatible"],
];

test.each(ROWS)("%s", (_, old, new_, forward, backward) => {
  expect(check(old, new_).verdict).toEqual({ forward, backward });
  expect(check(new_, old).verdict).toEqual({ forward: backward, backward: forward });
});

test("three problems in one device are three findings", () => {
  const report = check(
    dev([a, field("r", 2, num(4)), b, field("w", 4), c]),
    dev([a, field("r", 2, num(8)), field("w", 8), c, field("x", 1)]),
  );
  expect(report.findings.filter(({ levels }) => levels.forward === "error").map(({ path }) => path)).toEqual([
    "dev/b",
    "dev/r",
    "dev/w",
    "dev/x",
  ]);
});

test("300 sections that one side lacks are 300 findings", () => {
  const sections = Object.assign({}, ...Array.from({ length: 300 }, (_, at) => section(`dev${at}`, vmsd(`dev${at}`, [a]))));
  const { findings, verdict } = check(dump(sections), dump({}));
  expect(findings).toHaveLength(300);
  expect(verdict).toEqual({ forward: "unknown", backward: "unknown" });
});

test("a device type that the VM does not have counts for nothing", () => {
  const [old, new_] = [dump(section("gone", vmsd("gone", [a]))), dump({})].map((text) => parse(Buffer.from(text), "dump.json"));
  const scope = { source: "list", types: ["other"], complete: true, unknown: [] } as const;
  if (old === undefined || new_ === undefined) throw new Error("unreachable");
  expect(compare(old, new_, { scope })).toMatchObject({ verdict: { forward: "compatible", backward: "compatible" }, findings: [] });
});

test.each([
  ["a field without a size", dev([{ field: "a", version_id: 0, field_exists: false }])],
  ["no JSON", "not json"],
  ["nothing", ""],
])("malformed input is an input error: %s", (_, text) => {
  expect(() => parse(Buffer.from(text), "x.json")).toThrow(InputError);
});

/** A pair in the shape of the one that QEMU's own static checker is tested with: one planted difference a section. */
const PLANTED: Record<"old" | "new", Json> = {
  old: {
    ...section("fw_cfg", vmsd("fw_cfg", [a])),
    ...section(
      "fusbh200",
      vmsd("ehci-usb", [struct("core", vmsd("ehci-core", [field("usbsts", 4), field("pending", 4)]))], versions(2, 1)),
    ),
    ...section("pci-serial", vmsd("pci-serial", [a, b])),
    ...section("intel-hda", vmsd("intel-hda", [struct("pci", vmsd("PCIDevice", [field("config", 256)])), b])),
    ...section("pflash", vmsd("pflash", [a])),
    ...section("megasas", vmsd("megasas", [struct("parent", vmsd("PCIDevice", [a, field("irq_state", 16)]))])),
    ...section("PIIX3", vmsd("PIIX3", [a], { Subsections: [vmsd("PIIX3/rcr", [b])] })),
    ...section("tpci200", vmsd("tpci200", [a])),
    ...section(
      "sun-fdtwo",
      vmsd("fdc", [struct("drives", vmsd("fdrive", [a], { Subsections: [vmsd("fdrive/media_rate", [b])] }), num(2))], versions(2, 2)),
    ),
    ...section("usb-kbd", vmsd("usb-kbd", [field("keycodes", 4, num(16)), field("head", 8)])),
  },
  new: {
    ...section("fw_cfg2", vmsd("fw_cfg", [a])),
    ...section("fusbh200", vmsd("ehci-usb", [struct("core", vmsd("ehci-core", [field("pending", 4)]))], versions(1, 1))),
    ...section("pci-serial", vmsd("pci-serial", undefined)),
    ...section("intel-hda", vmsd("intel-hda", [field("pci", 2288), b])),
    pflash: { Name: "pflash", version_id: 1, minimum_version_id: 1 },
    ...section("megasas", vmsd("megasas", [struct("parent", vmsd("PCIDevice", [a]))])),
    ...section("PIIX3", vmsd("PIIX3", [a], versions(3, 2))),
    ...section("tpci200", vmsd("tpci2002", [a])),
    ...section("sun-fdtwo", vmsd("fdc", [struct("drives", vmsd("fdrive", [a]), num(2))], versions(1, 1))),
    ...section(
      "usb-kbd",
      vmsd("usb-kbd", [struct("kbd", vmsd("HIDKeyboardDevice", [field("keycodes", 2, num(16)), field("head", 8)]), { size: 5832 })]),
    ),
  },
};

test.each([
  ["the machine", "machine-name-differs", undefined, "warning", "warning"],
  ["a renamed type", "section-renamed", "fw_cfg", "info", "info"],
  ["a section's version lowered", "section-version-too-new", "fusbh200", "error", "none"],
  ["a removed field, forward", "field-removed", "fusbh200", "error", "none"],
  ["a removed field, backward", "field-added-unguarded", "fusbh200", "none", "error"],
  ["a description without fields", "fields-missing", "pci-serial", "error", "error"],
  ["a struct without a description", "struct-lost-description", "intel-hda", "error", "error"],
  ["a section without a description", "description-missing", "pflash", "error", "warning"],
  ["the last field of a struct removed, forward", "field-removed", "megasas", "error", "none"],
  ["the last field of a struct removed, backward", "field-added-unguarded", "megasas", "none", "error"],
  ["a raised minimum", "section-version-too-old", "PIIX3", "error", "none"],
  ["a raised version", "section-version-too-new", "PIIX3", "none", "error"],
  ["subsections removed", "subsection-removed-in-dest", "PIIX3", "warning", "none"],
  ["subsections added, seen from the other side", "subsection-added-in-dest", "PIIX3", "none", "info"],
  ["a description renamed", "description-renamed", "tpci200", "error", "error"],
  ["a version lowered", "section-version-too-new", "sun-fdtwo", "error", "none"],
  ["a version below the minimum", "section-version-too-old", "sun-fdtwo", "none", "error"],
  ["a subsection of a struct removed", "subsection-removed-in-dest", "sun-fdtwo", "warning", "none"],
  ["an element resized inside a new struct", "field-size-changed", "usb-kbd", "error", "error"],
])("planted: %s", (_, rule, type, forward, backward) => {
  const report = check(dump(PLANTED.old), dump(PLANTED.new, { vmschkmachine: { Name: "q35" } }));
  const found = report.findings.find((each) => each.rule === rule && (type === undefined || each.sections.includes(type)));
  expect(found?.levels).toEqual({ forward, backward });
});

test("nothing but what was planted breaks", () => {
  const errors = check(dump(PLANTED.old), dump(PLANTED.new)).findings.filter(({ levels }) => Object.values(levels).includes("error"));
  expect(errors.map(({ rule, sections }) => `${rule} ${sections}`).sort()).toEqual([
    "description-missing pflash",
    "description-renamed tpci200",
    "field-added-unguarded fusbh200",
    "field-added-unguarded megasas",
    "field-removed fusbh200",
    "field-removed megasas",
    "field-size-changed usb-kbd",
    "fields-missing pci-serial",
    "section-version-too-new PIIX3",
    "section-version-too-new fusbh200",
    "section-version-too-new sun-fdtwo",
    "section-version-too-old PIIX3",
    "section-version-too-old sun-fdtwo",
    "struct-lost-description intel-hda",
  ]);
});

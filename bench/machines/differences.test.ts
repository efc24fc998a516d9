import { expect, test } from "vitest";
import { compare, parseFile } from "../../compiler/check/index.ts";

const of = (version: string) => parseFile(`machines/gen/pc-i440fx-${version}/metadata.json`);
const report = (older: string, newer: string) => compare(of(older), of(newer));
const findings = (older: string, newer: string) =>
  report(older, newer)
    .findings.filter(({ rule }) => rule !== "machine-name-differs")
    .map(({ rule, path, levels }) => `${rule} ${path} ${levels.forward} ${levels.backward}`)
    .sort();

test("2.0, 2.1 and 2.2 differ in what is known, and in nothing else", () => {
  const memory = ["subsection-added-in-dest piix4_pm/memhp info none", "subsection-removed-in-dest piix4_pm/memhp none warning"];
  const properties = "machine-property-changed vmschkmachine warning warning";
  expect(findings("2.0", "2.1")).toEqual([properties, ...memory]);
  expect(findings("2.0", "2.2")).toEqual([properties, ...memory]);
  expect(findings("2.1", "2.2")).toEqual([properties]);
});

test("the properties that differ are named", () => {
  const messages = (older: string, newer: string) =>
    report(older, newer)
      .findings.filter(({ rule }) => rule === "machine-property-changed")
      .map(({ message }) => message);
  expect(messages("2.1", "2.2")).toEqual(["The machine type of one side sets intel-hda.old_msi_addr to true and the other not at all."]);
  expect(messages("2.0", "2.1")).toEqual([
    "The machine type of one side sets pci-serial.prog_if to 0 and the other not at all, piix4_pm.memory_hotplug_support to false and the other not at all.",
  ]);
});

test("2.12 differs from 2.2 in what the machine types between them brought", () => {
  const found = findings("2.2", "2.12");
  for (const subsection of ["fw_cfg/dma", "hpet/offset", "pvscsi/pcie", "cpu/tsc_khz", "kvmclock/clock_is_reliable"])
    expect(found.join("\n")).toContain(subsection);
});

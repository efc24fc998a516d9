import { expect, test } from "vitest";
import { readMetadataFile } from "../describe/index.ts";
import { compare } from "./compare.ts";
import { annotateCompatProps, readCompatProps } from "./compat-props.ts";

const props = (...entries: readonly (readonly [string, string, string])[]): string =>
  JSON.stringify({
    return: [
      { name: "none" },
      { name: "pc-i440fx-2.2", "compat-props": entries.map(([type, property, value]) => ({ "qom-type": type, property, value })) },
    ],
  });

test("the knob behind acpi_index is named, and nothing but notes changes", () => {
  const old = readCompatProps(
    props(["PIIX4_PM", "x-not-migrate-acpi-index", "on"], ["e1000", "mitigation", "off"]),
    "old",
    "pc-i440fx-2.2",
  );
  const new_ = readCompatProps(props(["e1000", "mitigation", "on"], ["e1000", "mitigation", "off"]), "new", "pc-i440fx-2.2");
  const report = compare(
    readMetadataFile("fixtures/dumps/qemu-5.2-pc-i440fx-2.2.json.gz"),
    readMetadataFile("fixtures/dumps/qemu-7.2-pc-i440fx-2.2.json.gz"),
  );
  const annotated = annotateCompatProps(report, old, new_);
  const noted = annotated.findings.filter(({ note }) => note !== undefined);
  expect(new Set(noted.map(({ path }) => path))).toEqual(new Set(["piix4_pm/acpi_pci_hotplug.acpi_index"]));
  expect(noted[0]?.note).toBe("The machine type sets PIIX4_PM.x-not-migrate-acpi-index (old on, new not set).");
  const without = ({ note: _, ...rest }: (typeof noted)[number]): object => rest;
  expect(annotated.findings.map(without)).toEqual(report.findings.map(without));
  expect(annotated.verdict).toEqual(report.verdict);
});

test.each([
  ["{}", "This is not an answer of query-machines."],
  ["null", "This is not an answer of query-machines."],
  [props(), "Machine type 'q35' is not among the 2 that it lists."],
])("%s is refused", (text, sentence) => {
  expect(() => readCompatProps(text, "props.json", "q35")).toThrow(`props.json: ${sentence}`);
});

test("machines without their properties are refused", () => {
  expect(() => readCompatProps(props(), "props.json", "none")).toThrow('ask query-machines with "compat-props": true.');
});

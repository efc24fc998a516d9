import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Metadata, readMetadata } from "../../describe/index.ts";
import { compare } from "../compare.ts";
import type { Direction } from "../pair.ts";
import { predict } from "../rules/parts/predict.ts";
import { EXAMPLES } from "./examples.ts";
import { explainLog } from "./explain-log.ts";
import type { LogExplanation } from "./log-explanation.ts";
import { LOG_MESSAGES } from "./log-messages.ts";
import { parseLog, parseMessage } from "./parse-log.ts";
import { renderLogExplanation } from "./render-log.ts";

const DUMPS = {
  "5.2": load("fixtures/dumps/qemu-5.2-pc-i440fx-2.2.json.gz"),
  "7.2": load("fixtures/dumps/qemu-7.2-pc-i440fx-2.12.json.gz"),
  "10.0": load("fixtures/dumps/qemu-10.0-pc-i440fx-2.12.json.gz"),
};
type Build = keyof typeof DUMPS;

function load(path: string): Metadata {
  return readMetadata(readFileSync(path), path);
}

function explain(log: string, old: Build = "7.2", new_: Build = "10.0", direction: Direction = "forward"): LogExplanation {
  return explainLog(log, DUMPS[old], DUMPS[new_], compare(DUMPS[old], DUMPS[new_]), direction);
}

const PIIX4 = "0000:00:01.3/piix4_pm";

describe("what real destinations said", () => {
  const logs = readdirSync("fixtures/logs");
  test.each(logs)("%s has the finding that foretold it first, and nothing weaker beside it", (name) => {
    const [source, destination] = name.split(/-to-|-/) as [Build, Build];
    const log = readFileSync(`fixtures/logs/${name}`, "utf8");
    const [rule, path] = destination === "5.2" ? ["section-version-too-new", "pciespscsi"] : ["field-added-unguarded", "esp/drq_state"];
    for (const [old, new_, direction] of [[source, destination, "forward"] as const, [destination, source, "backward"] as const]) {
      const explanation = explain(log, old, new_, direction);
      expect(explanation.suspects).toMatchObject([{ strength: "predicted", path, finding: { rule }, sections: ["am53c974", "dc390"] }]);
      expect(explanation.messages.map(({ kind, vmsd }) => [kind, vmsd])).toEqual([
        [destination === "5.2" ? "section-version" : "footer-missing", "pciespscsi"],
        ["load-failed", undefined],
      ]);
      expect(explanation.conclusion).toContain(path);
    }
  });

  test.each([
    [`2024-01-18T00:16:31.582070Z qemu-kvm: Missing section footer for ${PIIX4}`, "piix4_pm", ["PIIX4_PM"]],
    [`qemu-system-x86_64: error while loading state for instance 0x0 of device '${PIIX4}'`, "piix4_pm", ["PIIX4_PM"]],
    ["qemu-system-x86_64: Failed to load PCIBUS:nirq", "PCIBUS", []],
    ["qemu-system-x86_64: savevm: unsupported version 2 for '0000:00:02.0/pciespscsi' v1", "pciespscsi", ["am53c974", "dc390"]],
  ])("%s is about the right description", (line, vmsd, sections) => {
    expect(explain(line).messages).toMatchObject([{ vmsd, sections }]);
  });

  test("a stream that ends where a footer should stand names no description, only breaks that can shift it", () => {
    const { messages, suspects } = explain("QEMU[2538388]: kvm: check_section_footer: Read section footer failed: -5");
    expect(messages).toMatchObject([{ kind: "footer-unread", text: "check_section_footer: Read section footer failed: -5", sections: [] }]);
    expect(suspects).toMatchObject([{ strength: "error", path: "esp/drq_state" }]);
    expect(explain("kvm: Read section footer failed: -5", "10.0", "10.0").suspects).toEqual([]);
  });
});

describe("without a finding", () => {
  test("equal layouts leave the predicates: the field of a well-known failure is among them", () => {
    const { suspects, conclusion } = explain(`qemu-kvm: Missing section footer for ${PIIX4}`, "7.2", "7.2");
    expect(suspects).toMatchObject([{ strength: "conditional", sections: ["PIIX4_PM"] }]);
    expect(conclusion).toContain("'acpi_pci_hotplug.acpi_index'");
  });

  test("opaque fields come before conditional ones", () => {
    const { suspects } = explain(
      "qemu-kvm: error while loading state for instance 0x0 of device '0000:00:03.0/virtio-net'",
      "10.0",
      "10.0",
    );
    expect(suspects[0]).toMatchObject({ strength: "opaque", message: "Only code knows what 'virtio' puts on the wire." });
  });

  test("what no layout explains says where to look", () => {
    const { suspects, conclusion } = explain('qemu-system-x86_64: Unknown ramblock "0000:00:03.0/e1000.rom", cannot accept migration');
    expect(suspects).toEqual([]);
    expect(conclusion).toMatch(/^Nothing in the metadata explains this: look at ROM files .*\.$/);
  });

  test("a log without a known message says so", () => {
    expect(explain("starting up\n\nchar device redirected").messages).toEqual([]);
    expect(explain("").conclusion).toMatch(/^No line of the log is a message/);
  });
});

describe("what counts as foretold", () => {
  const pair = (id: string) => [load(`fixtures/rules/${id}/old.json`), load(`fixtures/rules/${id}/new.json`)] as const;
  const strengths = (log: string, [old, new_]: readonly [Metadata, Metadata]) =>
    explainLog(log, old, new_, compare(old, new_), "backward").suspects.map(({ strength }) => strength);

  test("a break in a shared description, whichever of its sections the log names", () => {
    const device = (name: string, num: number) => {
      const Description = { name: "PCIDevice", version_id: 2, minimum_version_id: 1, Fields: [field("irq_state", num)] };
      return { version_id: 1, minimum_version_id: 1, Description: vmsd(name, [{ ...field("parent_obj"), Description }]) };
    };
    const field = (name: string, num = 1) => ({ field: name, version_id: 0, field_exists: false, num, size: 4 });
    const vmsd = (name: string, Fields: object[]) => ({ name, version_id: 1, minimum_version_id: 1, Fields });
    const file = (num: number) =>
      readMetadata(Buffer.from(JSON.stringify({ a: device("e1000", num), b: device("rtl8139", num) })), `${num}.json`);
    for (const name of ["e1000", "rtl8139"])
      expect(strengths(`Missing section footer for 0000:00:03.0/${name}`, [file(4), file(8)])).toEqual(["predicted"]);
  });

  test("not the same words about another description, nor other numbers", () => {
    const says = (vmsd: string, sent: number) => `${vmsd}: incoming version_id ${sent} is too new for local version_id 1`;
    expect(strengths(says("pckbd/outport", 2), pair("subsection-version"))).toEqual(["predicted"]);
    expect(strengths(says("pckbd", 2), pair("subsection-version"))).toEqual(["depends"]);
    expect(strengths(says("pckbd/outport", 3), pair("subsection-version"))).toEqual(["depends"]);
  });
});

test("a line from the inside belongs to the section that a later line names", () => {
  const log = [
    "qemu-system-x86_64: get_pci_config_device: Bad config data: i=0x10a read: 40 device: 0 cmask: ff wmask: 0 w1cmask:0",
    "qemu-system-x86_64: Failed to load PCIDevice:config",
    "qemu-system-x86_64: error while loading state for instance 0x0 of device '0000:00:03.0/e1000'",
    "qemu-system-x86_64: load of migration failed: Invalid argument",
  ];
  const types = ["e1000", "e1000-82544gc", "e1000-82545em"];
  const { messages } = explain(log.join("\n"));
  expect(messages.map(({ kind, vmsd, sections }) => [kind, vmsd, sections])).toEqual([
    ["pci-config", "e1000", types],
    ["field-load", "PCIDevice", types],
    ["section-load", "e1000", types],
    ["load-failed", undefined, []],
  ]);
});

test("a description's own name may hold a slash and its path several parts", () => {
  const Description = { name: "cpu/0", version_id: 1, minimum_version_id: 1 };
  const text = JSON.stringify({ cpu: { version_id: 1, minimum_version_id: 1, Description } });
  const file = readMetadata(Buffer.from(text), "a.json");
  const names = (id: string) => explainLog(`Missing section footer for ${id}`, file, file, compare(file, file)).messages[0]?.vmsd;
  expect([names("cpu/0"), names("0000:00:01.2/1/cpu/0"), names("0000:00:01.2/1/usb-ptr")]).toEqual(["cpu/0", "cpu/0", "usb-ptr"]);
});

describe("the catalogue of messages", () => {
  const samples: Record<string, string> = {
    "footer-missing": `Missing section footer for ${PIIX4}`,
    "footer-unread": "Read section footer failed: -5",
    "footer-mismatch": `Mismatched section id in footer for ${PIIX4} read 0x7 expected 0x9`,
    "section-version": "savevm: unsupported version 2 for '0000:00:02.0/pciespscsi' v1",
    "version-too-new": "pit channel: incoming version_id 3 is too new for local version_id 2",
    "version-too-old": "X: incoming version_id 1 is too old for local minimum version_id  2",
    "section-unknown": "Unknown savevm section or instance '0000:00:03.0/virtio-net' 0. Make sure that your current VM setup matches",
    "section-type": "Unknown savevm section type 95",
    "field-load": "Failed to load virtio-net:virtio",
    "field-value": "Input validation failed: hpet/num_timers",
    "value-unequal": "4 != 9",
    "value-range": "Invalid value 70 expecting positive value <= 64",
    "pointer-marker": "vmstate: get_nullptr expected VMS_NULLPTR_MARKER",
    "subsection-unknown": "VM subsection 'pckbd/extended_state' in 'pckbd' does not exist",
    "section-load": `error while loading state for instance 0x0 of device '${PIIX4}'`,
    "pci-config": "get_pci_config_device: Bad config data: i=0x10 read: a1 device: b8 cmask: ff wmask: f0 w1cmask:0",
    features: "Features 0x130bfffa7 unsupported. Allowed features: 0x179bfffe7",
    virtqueue: "VQ 0 size 0x100 < last_avail_idx 0x9 - used_idx 0xa",
    "ramblock-unknown": 'Unknown ramblock "0000:00:03.0/e1000.rom", cannot accept migration',
    "ramblock-length": "Length mismatch: 0000:00:03.0/e1000.rom: 0x20000 in != 0x40000: Invalid argument",
    "ram-stream": "Ack, bad migration stream!",
    "machine-type": "Machine type received is 'pc-i440fx-7.2' and local is 'pc-i440fx-10.0'",
    "configuration-missing": "Configuration section missing",
    capability: "Capability x-ignore-shared is off, but received capability is on",
    "not-a-stream": "Not a migration stream",
    "cpu-msr": "error: failed to set MSR 0x48f to 0x7fefff00036dfb",
    "load-failed": "load of migration failed: Invalid argument",
  };

  test("each kind is recognised as itself, with any prefix, and explained in words of its own", () => {
    expect(LOG_MESSAGES.map(({ kind }) => kind).sort()).toEqual(Object.keys(samples).sort());
    for (const prefix of [
      "",
      "qemu-system-x86_64: ",
      "2024-01-18T00:16:31.582070Z qemu-kvm: ",
      "Jun 02 00:48:23 host QEMU[253]: kvm: ",
      "/usr/bin/qemu: ",
    ]) {
      for (const [kind, text] of Object.entries(samples)) expect(parseLog(prefix + text)).toMatchObject([{ text, kind: { kind } }]);
    }
    for (const key of ["meaning", "kind"] as const) expect(new Set(LOG_MESSAGES.map((each) => each[key])).size).toBe(LOG_MESSAGES.length);
    for (const { meaning, lookAt } of LOG_MESSAGES) {
      expect(meaning).toMatch(/^[A-Z'].*\.$/s);
      expect(lookAt).not.toMatch(/\.$/);
    }
  });

  test("everything that rules predict is a message that the catalogue knows", () => {
    const foretold = Object.values(EXAMPLES.check).flatMap(({ predictedError }) => predictedError ?? []);
    const all = [...foretold, predict.tooNew("a", 2, 1), predict.tooOld("a", 1, 2), predict.unknownSection("a")];
    expect(all.length).toBeGreaterThan(8);
    for (const text of all.flatMap((each) => each.split("; "))) expect(parseMessage(text), text).toBeDefined();
  });

  test("no log can keep it busy or bring it down", () => {
    const word = fc.constantFrom(
      "qemu",
      ": ",
      " ",
      "/",
      "'",
      "kvm[1]: ",
      "incoming version_id 3 ",
      "Failed to load ",
      "x",
      "\n",
      "0x",
      "footer for ",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const { messages } = explain(words.join(""), "7.2", "7.2");
        for (const { sections } of messages) expect(sections).toBeInstanceOf(Array);
      }),
      { numRuns: 30 },
    );
    const started = performance.now();
    parseLog(`${"qemu ".repeat(2_000)}\n`.repeat(2_000) + "x /".repeat(1_000_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

test("the text gives the conclusion first, keeps to the columns and cannot steer the terminal", () => {
  const log = readFileSync("fixtures/logs/7.2-to-10.0-am53c974.log", "utf8");
  const text = renderLogExplanation(explain(log), { colour: false, columns: 80 });
  const lines = text.split("\n");
  expect(lines[0]).toBe("forward: the old build saved, the new one loads");
  expect(lines[1]).toMatch(/^This is the error that was to be expected of esp\/drq_state/);
  expect(text).toMatch(/\n {2}predicted {2}field-added-unguarded {2}esp\/drq_state\n/);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  const hostile = renderLogExplanation(explain("Missing section footer for a\u001b[2Jb"), { colour: false, columns: 80 });
  expect(hostile).not.toContain("\u001b");
  expect(renderLogExplanation(explain(log), { colour: true, columns: 80 })).toContain("\u001b[1;31mpredicted\u001b[0m");
});

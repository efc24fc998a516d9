import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { sourceOfBytes } from "../byte-source.ts";
import { Contents } from "../diff/contents.ts";
import { diffStreams } from "../diff/diff-streams.ts";
import type { Difference } from "../diff/difference.ts";
import { Out } from "../out.ts";
import type { Wire } from "../read/wires.ts";
import { readStream } from "../read-stream.ts";
import { type Edits, RewriteError } from "./edits.ts";
import { SameRam } from "./ram-writer.ts";
import { Rewriter } from "./rewriter.ts";

const FOLDER = "fixtures/streams";
const stream = (name: string): Buffer => gunzipSync(readFileSync(join(FOLDER, `${name}.mig.gz`)));
const NO_EDIT: Edits = { set: [], dropSections: [], dropSubsections: [] };

function rewrite(bytes: Uint8Array, edits: Partial<Edits>, as?: Wire): Buffer {
  const pieces: Buffer[] = [];
  const out = new Out((piece) => pieces.push(Buffer.from(piece)));
  const rewriter = new Rewriter(out, { ...NO_EDIT, ...edits }, new SameRam());
  readStream(sourceOfBytes(bytes), rewriter, { payloads: true, as });
  rewriter.end();
  out.flush();
  return Buffer.concat(pieces);
}

function contentsOf(bytes: Uint8Array): Contents {
  const contents = new Contents(undefined);
  readStream(sourceOfBytes(bytes), contents, { payloads: false });
  expect(contents.problems).toEqual([]);
  return contents;
}

/** What an edit changed, told by reading what was written. */
function changes(name: string, edits: Partial<Edits>): Difference[] {
  const before = stream(name);
  const found: Difference[] = [];
  diffStreams(
    contentsOf(before),
    contentsOf(rewrite(before, edits)),
    (difference) => found.push(difference),
    (_, problem) => expect.fail(problem.message),
  );
  return found;
}

/** What the other connections of a migration are called, as their files are. */
const WIRES = ["return-path", "preempt", "recovery"] as const;

test.each(readdirSync(FOLDER).filter((file) => file.endsWith(".gz") && !file.endsWith(".json.gz")))(
  "without an edit %s is the same",
  (file) => {
    const bytes = gunzipSync(readFileSync(join(FOLDER, file)));
    const as = WIRES.find((wire) => file.endsWith(`.${wire}.gz`));
    expect(rewrite(bytes, {}, as).equals(bytes)).toBe(true);
  },
);

const PLAIN = "10.0-pc-i440fx-2.12-stopped";

test("a field is set, and nothing else", () => {
  const set = [
    { target: "cpu/env.eip", value: "0x1234" },
    { target: "i8259:1/irr", value: "7" },
    { target: "0000:00:01.0/PIIX3/pci_irq_levels_vmstate[3]", value: "-1" },
  ];
  expect(changes(PLAIN, { set })).toMatchObject([
    { path: "env.eip", b: { value: "0x1234" } },
    { section: "0000:00:01.0/PIIX3", path: "pci_irq_levels_vmstate[3]", b: { value: -1 } },
    { section: "i8259", instance: 1, path: "irr", b: { value: 7 } },
  ]);
});

test.each([
  ["cpu/env.nothing", "1", /no field 'env.nothing'/],
  ["cpu/env.regs", "1", /'env.regs' of 'cpu' holds 16 values, such as 'env.regs\[0\]'/],
  ["cpu/env.eip", "ten", /ten is no value of 'env.eip', which is of kind 'uint64' and has 8 bytes/],
  ["gpu/env.eip", "1", /no section of that name/],
  ["i8259/irr", "1", /of i8259:0 and of i8259:1: say which/],
])("%s is not set to %s", (target, value, message) => {
  const act = (): Buffer => rewrite(stream(PLAIN), { set: [{ target, value }] });
  expect(act).toThrow(RewriteError);
  expect(act).toThrow(message);
});

test("what is dropped is gone from the description too, which keeps its style", () => {
  const edits = { dropSections: [{ name: "i8259", instance: 1 }, { name: "PIIX3" }], dropSubsections: ["fdrive/media_rate"] };
  for (const name of [PLAIN, "5.2-pc-i440fx-2.12-all-subsections"]) {
    const found = changes(name, edits);
    const told = found.map((each) => `${each.difference} ${"section" in each ? each.section : ""} ${"path" in each ? each.path : ""}`);
    expect(new Set(told)).toEqual(
      new Set([
        "section i8259 ",
        "section 0000:00:01.0/PIIX3 ",
        ...[0, 1].map((at) => `subsection fdc state.drives[${at}].fdrive/media_rate`),
      ]),
    );
  }
});

test("what only one stream can have is refused, with what it is", () => {
  const act = (edits: Partial<Edits>) => () => rewrite(stream("7.2-pc-i440fx-2.0-running"), edits);
  expect(act({ machine: "pc" })).toThrow(/names no machine type/);
  expect(act({ description: "drop" })).toThrow(/no description/);
  expect(act({ dropSubsections: ["fdrive/media_rate"] })).toThrow(/No section that is described/);
  expect(act({ dropSections: [{ name: "globalstate" }] })).toThrow(/no section 'globalstate'/);
  expect(act({ dropSections: [{ name: "ram" }] })).toThrow(/RAM is not dropped/);
  const mapped = stream("10.0-pc-i440fx-2.12-mapped-ram");
  expect(() => rewrite(mapped, { dropSubsections: ["configuration/capabilities"] })).toThrow(/RAM is sent as it says/);
  expect(() => rewrite(stream(PLAIN), { description: "add" })).toThrow(/has a description already/);
});

test("a description that is added gives the sections' sizes", () => {
  const before = stream("7.2-pc-i440fx-2.0-running");
  const after = rewrite(before, { description: "add" });
  const [a, b] = [contentsOf(before), contentsOf(after)];
  expect([...b.sections.values()].map(({ item, layout }) => [item.name, item.framing, layout?.size])).toEqual(
    [...a.sections.values()].map(({ item }) => [item.name, "description", item.body.bytes]),
  );
  expect(changes("7.2-pc-i440fx-2.0-running", { description: "add" })).toMatchObject([{ what: "description", b: true }]);
  expect(rewrite(after, { description: "drop" }).equals(before)).toBe(true);
});

test("a longer machine type moves the headers of mapped RAM, and no page", () => {
  for (const machine of ["pc", "pc-i440fx-with-a-name-that-is-long"]) {
    const name = "10.0-pc-i440fx-2.12-mapped-ram";
    expect(changes(name, { machine })).toMatchObject([{ what: "machine", b: machine }]);
    expect(rewrite(rewrite(stream(name), { machine }), { machine: "pc-i440fx-2.12" }).equals(stream(name))).toBe(true);
  }
});

test("a package's length follows what was dropped from it", () => {
  const found = changes("7.2-pc-i440fx-7.2-postcopy", { dropSections: [{ name: "fdc" }] });
  expect(found).toMatchObject([{ difference: "section", section: "fdc", only: "a" }]);
});

test("in a section that is not as described nothing is set or dropped", () => {
  const bytes = stream(PLAIN);
  const at = bytes.indexOf("\x11fdrive/media_rate", 0, "latin1");
  bytes.writeUInt8(0x21, at + 3);
  expect(rewrite(bytes, {}).equals(bytes)).toBe(true);
  const message = new RegExp(`damaged.* offset ${at + 3}`);
  expect(() => rewrite(bytes, { set: [{ target: "fdc/status0", value: "1" }] })).toThrow(message);
  expect(() => rewrite(bytes, { dropSubsections: ["fdrive/media_rate"] })).toThrow(message);
});

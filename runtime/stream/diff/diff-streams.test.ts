import { expect, test } from "vitest";
import { sourceOfBytes } from "../byte-source.ts";
import { readStream } from "../read-stream.ts";
import { Contents } from "./contents.ts";
import { diffStreams } from "./diff-streams.ts";
import type { Difference } from "./difference.ts";

const be32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
const name = (text: string): number[] => [text.length, ...Buffer.from(text)];
const section = (id: number, title: string, version: number, body: readonly number[]): number[] => [
  ...[4, ...be32(id), ...name(title), ...be32(0), ...be32(version), ...body],
  ...[0x7e, ...be32(id)],
];
const subsection = (title: string, body: readonly number[]): number[] => [5, ...name(title), ...be32(1), ...body];

interface Made {
  readonly machine?: string;
  readonly sections: readonly (readonly number[])[];
  /** The description's devices; none for a stream without. */
  readonly devices?: readonly object[];
}

function contentsOf({ machine = "pc", sections, devices }: Made): Contents {
  const text = devices === undefined ? [] : [...Buffer.from(JSON.stringify({ page_size: 4096, devices }))];
  const bytes = [
    ...[...Buffer.from("QEVM"), ...be32(3), 7, ...be32(machine.length), ...Buffer.from(machine)],
    ...sections.flat(),
    ...[0, ...(devices === undefined ? [] : [6, ...be32(text.length), ...text])],
  ];
  const contents = new Contents(undefined);
  readStream(sourceOfBytes(Uint8Array.from(bytes)), contents, { payloads: false });
  expect(contents.problems).toEqual([]);
  return contents;
}

function differences(a: Made, b: Made): Difference[] {
  const found: Difference[] = [];
  diffStreams(
    contentsOf(a),
    contentsOf(b),
    (difference) => found.push(difference),
    (_, problem) => expect.fail(problem.message),
  );
  return found;
}

const uint8 = (field: string) => ({ name: field, type: "uint8", size: 1 });
const uart = (fields: readonly object[], more: object = {}) => ({
  ...{ name: "uart", instance_id: 0, vmsd_name: "uart", version: 1, fields },
  ...more,
});

test("a field is matched by its name, wherever it lies", () => {
  const a = { sections: [section(1, "uart", 1, [1, 2])], devices: [uart([uint8("rbr"), uint8("ier")])] };
  const b = { sections: [section(9, "uart", 1, [7, 3, 1])], devices: [uart([uint8("new"), uint8("ier"), uint8("rbr")])] };
  const at = 8 + 7 + 1 + 4 + 5 + 4 + 4;
  expect(differences(a, b)).toEqual([
    {
      ...{ difference: "field", section: "uart", instance: 0, path: "ier", type: "uint8" },
      ...{ a: { at: at + 1, bytes: 1, value: 2 }, b: { at: at + 1, bytes: 1, value: 3 } },
    },
    { difference: "field", section: "uart", instance: 0, path: "new", type: "uint8", b: { at, bytes: 1, value: 7 } },
  ]);
});

test("a field with another name at the same place is that field, and says so", () => {
  const a = { sections: [section(1, "uart", 1, [5])], devices: [uart([uint8("ti_cmd")])] };
  const b = { sections: [section(1, "uart", 1, [5])], devices: [uart([uint8("lun")])] };
  expect(differences(a, b)).toMatchObject([{ path: "ti_cmd", a: { value: 5 }, b: { value: 5, name: "lun" } }]);
});

test("a subsection in one alone is one difference, and what follows it is none", () => {
  const more = { subsections: [{ vmsd_name: "uart/fifo", version: 1, fields: [uint8("count")] }] };
  const a = { sections: [section(1, "uart", 1, [5, ...subsection("uart/fifo", [3])])], devices: [uart([uint8("rbr")], more)] };
  const b = { sections: [section(1, "uart", 1, [5])], devices: [uart([uint8("rbr")])] };
  expect(differences(a, b)).toMatchObject([{ difference: "subsection", path: "uart/fifo", only: "a", bytes: 2 + 9 + 4 + 1 }]);
});

test("without a description a section is runs of bytes, named by the other's when that has one", () => {
  const body = (marks: Readonly<Record<number, number>>) => Array.from({ length: 40 }, (_, at) => marks[at] ?? 0);
  const opaque = (marks: Readonly<Record<number, number>>) => ({ sections: [section(1, "uart", 1, body(marks))] });
  expect(differences(opaque({ 3: 1, 5: 1, 30: 1 }), opaque({}))).toMatchObject([
    { path: "data", offset: 3, a: { bytes: 3, value: "010001" }, b: { value: "000000" } },
    { path: "data", offset: 30, a: { bytes: 1 } },
  ]);
  const described = { ...opaque({ 3: 1 }), devices: [uart([uint8("rbr"), { name: "rest", type: "buffer", size: 39 }])] };
  expect(differences(described, opaque({ 0: 9, 3: 1 }))).toMatchObject([
    { difference: "container", what: "description", a: true, b: false },
    { path: "rbr", type: "uint8", a: { value: 0 }, b: { value: 9 } },
  ]);
});

test("the machine, versions, and sections that only one has", () => {
  const a = { machine: "pc-2.3", sections: [section(1, "uart", 2, [1]), section(2, "rtc", 1, [1])] };
  const b = { sections: [section(1, "uart", 3, [1]), section(2, "kbd", 1, [1])] };
  expect(differences(a, b)).toMatchObject([
    { difference: "container", what: "machine", a: "pc-2.3", b: "pc" },
    { difference: "version", section: "uart", a: { value: 2, bytes: 4 }, b: { value: 3 } },
    { difference: "section", section: "rtc", only: "a" },
    { difference: "section", section: "kbd", only: "b" },
  ]);
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Tracer } from "../../../compiler/interpret/tracer.ts";
import { interpretLoad, interpretSave } from "../../../compiler/interpret.ts";
import { attempt } from "../../../compiler/oracle/outcome.ts";
import { createRandom } from "../../../compiler/oracle/random.ts";
import { randomSchema } from "../../../compiler/oracle/random-schema.ts";
import { randomState } from "../../../compiler/oracle/random-state.ts";
import { readState } from "../../../runtime/stream/description/read-state.ts";
import { writeState } from "../../../runtime/stream/description/write-state.ts";
import { leavesOf } from "../../../runtime/stream/leaves.ts";
import { Out } from "../../../runtime/stream/out.ts";
import { ROOT, runCli } from "../../run-cli.ts";

const FIRST = Number(process.env.VMSTATE_SEED ?? "1");
const SCHEMAS = Number(process.env.VMSTATE_TRACED ?? "300");

/** QEMU's serial port on an ISA bus. */
const SERIAL = `import { machine, since, struct, uint16, uint8, vmsd } from "vmstate/schema";

export const port = vmsd("serial", {
  versionId: 3,
  minimumVersionId: 2,
  fields: {
    divider: since(2, uint16),
    rbr: uint8,
    ier: uint8,
    iir: uint8,
    lcr: uint8,
    mcr: uint8,
    lsr: uint8,
    msr: uint8,
    scr: uint8,
    fcr_vmstate: since(3, uint8),
  },
});

export const serial = vmsd("serial", { versionId: 3, minimumVersionId: 2, fields: { state: struct(port) } });

export const pc = machine("pc-i440fx-2.0", {
  aliases: ["pc-2.0"],
  container: { configuration: false, footers: false, description: false },
  sections: [serial],
});
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vmstate-codec-"));
  mkdirSync(join(folder, "machines"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules/vmstate"));
  writeFileSync(join(folder, "machines/serial.ts"), SERIAL);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
});
afterAll(() => rmSync(folder, { recursive: true }));

const stream = (...args: string[]) => runCli("vmstate", ["stream", ...args], { cwd: folder });
const fixture = (name: string): string => join(ROOT, `fixtures/streams/${name}.mig.gz`);

test("a section of a stream without a description is decoded by a codec, and the others as before", () => {
  const bare = fixture("5.2-pc-i440fx-2.0-running");
  const [serial] = JSON.parse(stream("decode", "--machine", "pc-2.0", "--section", "serial", bare).out) as {
    framing: string;
    fields: { struct: { fields: { name: string; value: unknown }[] } }[];
  }[];
  expect(serial?.framing).toBe("codec");
  expect(serial?.fields[0]?.struct.fields.map(({ name, value }) => `${name} ${value}`)).toEqual([
    "divider 1",
    "rbr 0",
    "ier 0",
    "iir 1",
    "lcr 3",
    "mcr 8",
    "lsr 96",
    "msr 176",
    "scr 0",
    "fcr_vmstate 0",
  ]);
  writeFileSync(join(folder, "document.json"), stream("decode", "--machine", "pc-2.0", bare).out);
  expect(stream("encode", "document.json", "-o", "same.mig").status).toBe(0);
  expect(readFileSync(join(folder, "same.mig")).equals(gunzipSync(readFileSync(bare)))).toBe(true);
  const { bytes } = JSON.parse(stream("info", "--json", "--machine", "pc-2.0", bare).out) as { bytes: { decoded: number } };
  expect(bytes.decoded).toBe(11);
});

test("codec and description say the same of the same bytes", () => {
  const described = fixture("7.2-pc-i440fx-2.12-passes");
  const fields = (...more: string[]) =>
    (JSON.parse(stream("decode", "--section", "serial", ...more, described).out) as { framing: string; fields: object[] }[]).map(
      ({ framing, ...rest }) => [framing, rest],
    );
  const [[byDescription, own] = [], [byCodec, other] = []] = [...fields(), ...fields("--machine", "pc-2.0")];
  expect([byDescription, byCodec]).toEqual(["description", "codec"]);
  expect(other).toEqual(own);
});

test("what a codec refuses is told with its offset, and read as if there were none", () => {
  const newer = SERIAL.replace(
    "minimumVersionId: 2,\n",
    "minimumVersionId: 2,\n  validate: { fcr_vmstate: (s) => s.fcr_vmstate === 7 },\n",
  );
  writeFileSync(join(folder, "machines/serial.ts"), newer);
  const { status, out, err } = stream("decode", "--machine", "pc-2.0", "--section", "serial", fixture("7.2-pc-i440fx-2.12-passes"));
  expect(status).toBe(0);
  expect(out).toContain('"framing": "description"');
  expect(err).toMatch(
    /offset \d+ .*serial\.state\.fcr_vmstate: The descriptors refuse serial\.state\.fcr_vmstate here: its value is none that the device accepts\.\n$/,
  );
  expect(stream("decode", "--machine", "pc-9.9", fixture("7.2-pc-i440fx-2.12-passes"))).toMatchObject({ status: 2, out: "" });
});

test("the bytes of any state are told apart without gap or overlap, and written again from what was read", () => {
  let [states, leaves] = [0, 0];
  for (let seed = FIRST; seed < FIRST + SCHEMAS; seed++) {
    const schema = randomSchema(seed);
    const root = schema.vmsd("root");
    let saved: Uint8Array;
    try {
      saved = interpretSave(schema, "root", randomState(root, schema, createRandom(seed)));
    } catch {
      continue;
    }
    const tracer = new Tracer(schema);
    // Some names make what was saved something else to a loader, or make it stop early.
    const loaded = attempt(() => interpretLoad(schema, "root", saved, root.versionId, {}, undefined, [], tracer).end);
    if (!("done" in loaded)) continue;
    const bytes = saved.subarray(0, loaded.done);
    const { layout } = tracer;
    if (layout === undefined) throw new Error(`VMSTATE_SEED=${seed}: nothing was traced.`);
    expect(layout.size, `VMSTATE_SEED=${seed}`).toBe(bytes.length);
    const state = readState({ at: 0, name: "root", instance: 0, size: layout.size, vmsd: layout }, { bytes, at: 0 });
    const written: Uint8Array[] = [];
    const out = new Out((piece) => written.push(piece.slice()));
    writeState(out, JSON.parse(JSON.stringify(state)), "root");
    out.flush();
    expect(Buffer.concat(written).equals(bytes), `VMSTATE_SEED=${seed}`).toBe(true);
    let end = 0;
    for (const leaf of leavesOf(state)) {
      expect(leaf.at, `VMSTATE_SEED=${seed} ${leaf.path}`).toBeGreaterThanOrEqual(end);
      end = leaf.at + leaf.bytes;
      leaves++;
    }
    states++;
  }
  expect(states).toBeGreaterThan(SCHEMAS / 3);
  expect(leaves).toBeGreaterThan(states);
});

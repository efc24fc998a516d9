import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { writeMetadata } from "../describe/write-metadata.ts";
import { emitFiles } from "../emit/files.ts";
import { findProject } from "../read/find-project.ts";
import { readDescriptors } from "../read/index.ts";

const RUNTIME = resolve(import.meta.dirname, "../../runtime/codec/v1.ts");

const DEVICES = `import { array, bool, equal, int32, since, struct, uint8, uint16, uint32, varray, vmsd } from "vmstate/schema";

export const ring = vmsd("ring", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { length: uint8, entries: varray(uint32, "length", { max: 16 }) },
});

export const nic = vmsd("nic", {
  types: ["nic"],
  versionId: 2,
  minimumVersionId: 1,
  properties: { offload: true, queues: 4, wide: true, trace: true },
  fields: {
    queues: equal(uint16, (m) => m.queues),
    control: uint8,
    mac: array(uint8, 6),
    high: uint32,
    speed: since(2, uint16),
    rx: struct(ring),
  },
  exists: { high: (_, m) => m.wide },
  absent: { high: 0, speed: 10 },
  validate: { control: (s) => s.control < 200 },
  subsections: {
    "nic/offload": { versionId: 1, minimumVersionId: 1, needed: (_, m) => m.offload, fields: { checksums: uint32 } },
    "nic/trace": { versionId: 1, minimumVersionId: 1, needed: (s, m) => m.trace && s.control > 100, fields: { traced: bool } },
  },
});

export const clock = vmsd("clock", { types: ["clock"], versionId: 1, minimumVersionId: 1, fields: { ticks: int32 } });
`;

const MACHINES = `import { machine } from "vmstate/schema";
import { clock, nic } from "./devices.ts";

export const pc22 = machine("pc-2.2", { sections: [clock], devices: [nic] });

export const pc21 = machine("pc-2.1", {
  inherits: pc22,
  properties: { nic: { offload: false, wide: false } },
  profiles: { "7.2": { properties: { nic: { trace: false } } } },
});

export const pc20 = machine("pc-2.0", { inherits: pc21, aliases: ["old"], properties: { nic: { queues: 2, wide: true } } });
`;

/** A small project in a folder of its own, compiled and released. Used by tests only. */
export class SampleProject {
  readonly root = mkdtempSync(join(tmpdir(), "vmstate-sample-"));
  readonly options = { root: this.root, gen: "gen", previous: "released" } as const;

  constructor() {
    this.write(
      "vmstate.compile.json",
      JSON.stringify({ descriptors: ["machines"], out: "gen", runtime: relative(join(this.root, "gen"), RUNTIME) }),
    );
    this.write("machines/devices.ts", DEVICES);
    this.write("machines/machines.ts", MACHINES);
    this.compile();
    this.release();
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** Replaces what is there for certain. */
  edit(path: string, from: string | RegExp, to: string): void {
    const before = readFileSync(join(this.root, path), "utf8");
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${path} has no ${from}.`);
    this.write(path, after);
  }

  /** As `vmstate compile` does. */
  compile(): void {
    const { root, descriptors, runtime } = findProject({ folder: this.root, paths: [] });
    const { ir } = readDescriptors(root, descriptors);
    for (const [path, text] of emitFiles(ir, { runtime })) this.write(`gen/${path}`, text);
    for (const { name } of Object.values(ir.machines))
      this.write(`gen/${name}/metadata.json`, JSON.stringify(writeMetadata(ir, { machine: name })));
  }

  release(): void {
    const { root, descriptors } = findProject({ folder: this.root, paths: [] });
    const { ir } = readDescriptors(root, descriptors);
    for (const { name } of Object.values(ir.machines))
      this.write(`released/${name}.json`, JSON.stringify(writeMetadata(ir, { machine: name })));
  }
}

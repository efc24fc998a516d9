import fc from "fast-check";
import { expect, test } from "vitest";
import { compare, parse, type Report } from "../index.ts";

interface PlainField {
  field: string;
  version_id: number;
  field_exists: boolean;
  num?: number;
  size: number;
}

interface Device {
  version_id: number;
  minimum_version_id: number;
  fields: PlainField[];
}

type Builds = Record<string, { old: Device; new: Device }>;

/** A change of one field, which stands between neighbours that nobody touches, and the directions that it breaks. */
interface Fault {
  readonly breaks: readonly ("forward" | "backward")[];
  readonly inject: (device: Device, target: string) => void;
}

const at = ({ fields }: Device, target: string): number => fields.findIndex(({ field }) => field === target);
const change = (device: Device, target: string, by: Partial<PlainField>): void => {
  Object.assign(device.fields[at(device, target)] ?? {}, by);
};
const both = ["forward", "backward"] as const;

const FAULTS: Readonly<Record<string, Fault>> = {
  size: { breaks: both, inject: (device, target) => change(device, target, { size: 12 }) },
  count: { breaks: both, inject: (device, target) => change(device, target, { num: 9 }) },
  added: {
    breaks: both,
    inject: (device, target) => {
      device.fields.splice(at(device, target) + 1, 0, { field: `${target} added`, version_id: 0, field_exists: false, size: 3 });
    },
  },
  removed: { breaks: both, inject: (device, target) => device.fields.splice(at(device, target), 1) },
  reordered: {
    breaks: both,
    inject: ({ fields }, target) => {
      const first = fields.findIndex(({ field }) => field === target);
      fields.splice(first, 2, ...fields.slice(first, first + 2).reverse());
    },
  },
};

/** As each other fault, but of a whole device: only the way back is refused. */
const BUMPED: Fault = { breaks: ["backward"], inject: (device) => void device.version_id++ };

const DEVICES = 3;
const TARGETS = 4;

function healthy(): Builds {
  const device = (): Device => ({
    version_id: 1,
    minimum_version_id: 1,
    fields: Array.from({ length: TARGETS }, (_, target) =>
      ["before", "target", "beside", "after"].map((place) => ({
        ...{ field: `${place} ${target}`, version_id: 0, field_exists: false, num: 2, size: 4 },
      })),
    ).flat(),
  });
  return Object.fromEntries(Array.from({ length: DEVICES }, (_, index) => [`dev${index}`, { old: device(), new: device() }]));
}

function check(builds: Builds): Report {
  const dump = (side: "old" | "new"): Uint8Array =>
    Buffer.from(
      JSON.stringify(
        Object.fromEntries(
          Object.entries(builds).map(([Name, { [side]: device }]) => {
            const { fields: Fields, ...versions } = device;
            return [Name, { Name, ...versions, Description: { name: Name, ...versions, Fields } }];
          }),
        ),
      ),
    );
  return compare(parse(dump("old"), "old.json"), parse(dump("new"), "new.json"));
}

interface Injection {
  readonly device: number;
  readonly target: number;
  readonly kind: string;
  readonly side: "old" | "new";
}

/** At most one fault a place; a device's version counts as a place of its own. */
const injections = fc.uniqueArray(
  fc.record<Injection>({
    device: fc.nat(DEVICES - 1),
    target: fc.nat(TARGETS),
    kind: fc.constantFrom(...Object.keys(FAULTS)),
    side: fc.constantFrom("old", "new"),
  }),
  { selector: ({ device, target }) => `${device} ${target}`, maxLength: DEVICES * (TARGETS + 1) },
);

function inject(builds: Builds, list: readonly Injection[]): void {
  for (const { device, target, kind, side } of list) {
    const build = builds[`dev${device}`]?.[target === TARGETS ? "new" : side];
    if (build !== undefined) faultOf(target, kind).inject(build, `target ${target}`);
  }
}

const faultOf = (target: number, kind: string): Fault => (target === TARGETS ? BUMPED : (FAULTS[kind] ?? BUMPED));

test("independent faults give as many findings, whatever order they came in", () => {
  fc.assert(
    fc.property(injections, fc.integer({ min: 0, max: 20 }), (list, turn) => {
      const builds = healthy();
      inject(builds, list);
      const report = check(builds);
      for (const direction of both) {
        const errors = report.findings.filter(({ levels }) => levels[direction] === "error");
        expect(errors).toHaveLength(list.filter(({ target, kind }) => faultOf(target, kind).breaks.includes(direction)).length);
      }
      const again = healthy();
      const split = list.length === 0 ? 0 : turn % list.length;
      inject(again, [...list.slice(split), ...list.slice(0, split)].reverse());
      expect(check(again).findings).toEqual(report.findings);
    }),
    {
      numRuns: 300 * Number(process.env.VMSTATE_RUNS ?? 1),
      ...(process.env.VMSTATE_SEED === undefined ? {} : { seed: Number(process.env.VMSTATE_SEED) }),
    },
  );
});

test.each(Object.entries(FAULTS))("the fault '%s' breaks what it says by itself", (_, { breaks, inject: spoil }) => {
  const builds = healthy();
  const device = builds.dev0?.new;
  if (device !== undefined) spoil(device, "target 1");
  const { verdict } = check(builds);
  expect(both.filter((direction) => verdict[direction] === "incompatible")).toEqual(breaks);
});

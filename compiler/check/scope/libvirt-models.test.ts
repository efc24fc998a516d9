import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readMetadataFile } from "../../describe/index.ts";
import { LIBVIRT_MODELS as models, type Outcome } from "./libvirt-models.ts";
import { readList } from "./read-list.ts";

const fixture = (name: string): string => fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));
const DUMPS = ["qemu-5.2-pc-i440fx-2.2", "qemu-7.2-pc-i440fx-2.2", "qemu-10.0-pc-i440fx-2.12"];

/** Real, but in none of the builds whose types are at hand: of s390x, of QEMU before 5.2, and of a loadable module. */
const ELSEWHERE = ["diag288", "vhost-vsock-pci-transitional", "virtio-gpu-gl-device"];

const rules = Object.values(models.elements);
const outcomes: Outcome[] = [...models.boards, ...models.implicit, ...rules.flatMap(({ rows = [] }) => rows)];
const targets = new Set([
  ...outcomes.flatMap(({ types, without = [] }) => [...types, ...without]),
  ...rules.flatMap((rule) => Object.values(rule.models).flat()),
  ...Object.entries(models.brings).flatMap(([type, brought]) => [type, ...brought]),
  ...Object.values(models.aliases),
]);

test("every type is described by a real dump or listed as without description, never both", () => {
  const described = new Set(DUMPS.flatMap((name) => [...readMetadataFile(fixture(`dumps/${name}.json.gz`)).sections.keys()]));
  expect([...targets].filter((type) => !described.has(type)).sort()).toEqual([...models.withoutDescription].sort());
});

test("every type exists in a real QEMU", () => {
  const real = new Set(readList(readFileSync(fixture("vm/device-types.txt"), "utf8"), "device-types.txt").types);
  expect([...targets].filter((type) => !real.has(type)).sort()).toEqual(ELSEWHERE);
});

test("an alias is no type itself", () => {
  expect(Object.keys(models.aliases).filter((alias) => targets.has(alias))).toEqual([]);
});

test("the data has the shape that its type says", () => {
  expect(models.version).toBe(1);
  expect(models.source).not.toBe("");
  const words = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === "string" && one !== "");
  for (const outcome of outcomes) {
    expect(words(outcome.types) && words(outcome.without ?? [])).toBe(true);
    expect(Object.keys(outcome).filter((key) => !/^(types|without|unsure|when|has|hasNot|name|machines)$/.test(key))).toEqual([]);
  }
  const place = /^(\$(board|domain|machine)|([a-z0-9]+(\/[a-z0-9]+)*)?(@[a-z0-9]+)?)$/;
  for (const { by, assume = [], rows = [], models: table } of rules) {
    const places = [
      ...Object.values(by),
      ...[...assume, ...rows].flatMap(({ when }) => Object.keys(when)),
      ...assume.flatMap(({ set }) => Object.keys(set)),
    ];
    for (const one of places) expect(one).toMatch(place);
    for (const [key, types] of Object.entries(table)) {
      expect(words(types)).toBe(true);
      expect(key).toBe(key.trimEnd());
      expect(key.split(" ").length).toBeLessThanOrEqual(Math.max(1, Object.keys(by).length));
    }
  }
});

test("an element is either known to bring devices or known not to", () => {
  expect(models.withoutDevices.filter((path) => Object.hasOwn(models.elements, path))).toEqual([]);
});

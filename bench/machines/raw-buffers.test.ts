import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ROOT } from "../../cli/run-cli.ts";
import type { Ir, KindIr } from "../../compiler/ir.ts";
import { allSubsections } from "../../compiler/kinds/vmsd-fields.ts";

/** Bytes that a field may have without anybody saying why they are not described. */
const MOST = 64;

const ir = JSON.parse(readFileSync(`${ROOT}/machines/gen/ir.json`, "utf8")) as Ir;
const reasons = JSON.parse(readFileSync(`${ROOT}/machines/raw-buffers.json`, "utf8")) as Record<string, string>;

/** Most bytes of a kind that nothing is said of. */
function rawBytes(kind: KindIr): number {
  switch (kind.kind) {
    case "buffer":
      return kind.size;
    case "varBuffer":
      return kind.max * (kind.multiply ?? 1);
    case "custom":
      return rawBytes(kind.layout);
    case "pointer":
    case "nullable":
      return rawBytes(kind.target);
    case "array":
      return kind.count * rawBytes(kind.element);
    case "varray":
      return kind.max * rawBytes(kind.element);
    default:
      return 0;
  }
}

test("a raw buffer of more than 64 bytes stands in the list, with its reason, and nothing else does", () => {
  const found = Object.values(ir.vmsds).flatMap((vmsd) =>
    [vmsd, ...allSubsections(vmsd)].flatMap((body) =>
      body.fields.filter(({ kind }) => rawBytes(kind) > MOST).map(({ key }) => `${body.name}.${key}`),
    ),
  );
  expect([...new Set(found)].sort()).toEqual(Object.keys(reasons).sort());
  for (const reason of Object.values(reasons)) expect(reason).toMatch(/^[a-zA-Z].{10,}[^.]$/);
});

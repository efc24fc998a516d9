import { expect, test } from "vitest";
import { type Metadata, Source } from "../../describe/index.ts";
import { compare } from "../compare.ts";
import { scopeOfMetadata } from "./scope-of-metadata.ts";

function metadata(origin: Metadata["origin"], names: Record<string, string>): Metadata {
  const sections = Object.entries(names).map(
    ([key, name]) => [key, { Name: key, version_id: 1, Description: { name, version_id: 1 } }] as const,
  );
  const source = new Source("m", "{}", 2, () => "");
  return { origin, source, machine: undefined, sections: new Map(sections), devices: undefined, plain: false, countsKnown: true };
}

test("a stream's scope is the vmsd names of its sections, once each", () => {
  const scope = scopeOfMetadata(metadata("stream", { serial: "serial", "serial#2": "serial", "0000:00:03.0/e1000": "e1000" }));
  expect(scope).toEqual({ source: "stream", types: ["e1000", "serial"], complete: true, unknown: [] });
});

test("it keeps the dump's sections of those descriptions", () => {
  const dump = metadata("dump", { "isa-serial": "serial", mc146818rtc: "mc146818rtc" });
  const report = compare(dump, dump, { scope: scopeOfMetadata(metadata("stream", { serial: "serial" })) });
  expect(Object.keys(report.sections)).toEqual(["isa-serial"]);
  expect(report.scope.outOfScope).toBe(1);
});

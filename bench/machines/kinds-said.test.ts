import { expect, test } from "vitest";
import { sourceOfBytes } from "../../runtime/stream/byte-source.ts";
import { describedStream, field } from "../../runtime/stream/proof/described.ts";
import { agreementOf, nameNow } from "./agreement.ts";
import { kindsSaid } from "./kinds-said.ts";
import { readDescribed } from "./read-described.ts";

const OURS = "uint8";

interface Written {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A stream of one device whose only byte has a kind of the build's own. */
function stream(build: string, type: string, name = "outport"): Written {
  const json = { name: "port92", instance_id: 0, vmsd_name: "port92", version: 1, fields: [field(name, type, 1)] };
  return { name: `${build}-pc-i440fx-2.12-bare.mig`, bytes: describedStream([{ json, body: Uint8Array.of(1) }]) };
}

function agreement({ name, bytes }: Written, others: readonly Written[]) {
  const streams = [{ name, bytes }, ...others];
  const kindsElsewhere = kindsSaid(
    streams.map((each) => ({ name: each.name, source: sourceOfBytes(each.bytes) })),
    nameNow,
  );
  const found: unknown[] = [];
  readDescribed(sourceOfBytes(bytes), (item, body, described) => found.push(agreementOf(item, body, described, kindsElsewhere(name))));
  return found;
}

const line = "outport (bool, 1 bytes at 0) is outport (uint8, 1 bytes at 0)";

test("a kind that the stream's own description has is none that differs", () => {
  expect(agreement(stream("5.2", OURS), [])).toEqual([{ differences: [], explained: [] }]);
});

test("a kind that no other build says is a difference", () => {
  const unexplained = [{ differences: [line], explained: [] }];
  expect(agreement(stream("5.2", "bool"), [stream("7.2", "bool"), stream("7.2", OURS, "inport")])).toEqual(unexplained);
  expect(agreement(stream("5.2", "bool"), [stream("5.2", OURS)])).toEqual(unexplained);
});

test("a kind that another build says is told apart", () => {
  expect(agreement(stream("5.2", "bool"), [stream("7.2", OURS)])).toEqual([{ differences: [], explained: [line] }]);
});

test("what is not only of another kind is a difference, whatever another build says", () => {
  const [found] = agreement(stream("5.2", "bool", "inport"), [stream("7.2", OURS)]);
  expect(found).toMatchObject({ differences: [expect.stringContaining("inport (bool")], explained: [] });
});

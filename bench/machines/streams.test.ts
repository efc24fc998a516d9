import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ROOT } from "../../cli/run-cli.ts";
import { chooseCodec } from "../../cli/stream/machine/choose-codec.ts";
import { sourceOfBytes } from "../../runtime/stream/byte-source.ts";
import { agreementOf } from "./agreement.ts";
import { lookAt } from "./look-at.ts";
import { readDescribed } from "./read-described.ts";

const FOLDERS = ["fixtures/streams", "fixtures/machines"];
const streams = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder)).flatMap((name) => (name.endsWith(".mig.gz") ? [join(ROOT, folder, name)] : [])),
);
const bytesOf = (path: string): Uint8Array => gunzipSync(readFileSync(path));

const undescribed = streams.filter((path) => /pc-i440fx-2\.[012]-/.test(path));
test("there are undescribed streams of each machine type and build", () => {
  const kinds = new Set(undescribed.map((path) => /[\d.]+-pc-i440fx-2\.\d/.exec(path)?.[0]));
  expect(kinds.size).toBe(6);
});

test.each(undescribed)("%s: all is decoded by the machine type that wrote it, and saved again by its codecs", async (path) => {
  const found = await lookAt(path, bytesOf(path), await chooseCodec({}));
  expect(found?.problems).toEqual([]);
  expect(found?.sections).toBeGreaterThan(20);
});

const twins = streams.filter((path) => path.includes("pc-i440fx-2.12-"));
test.each(twins)("%s: descriptors and the stream's own description say the same", (path) => {
  const differ: string[] = [];
  readDescribed(sourceOfBytes(bytesOf(path)), (item, body, described) => {
    const found = agreementOf(item, body, described, () => false);
    for (const line of found?.differences ?? ["no descriptor"]) differ.push(`${item.name}: ${line}`);
  });
  expect(differ).toEqual([]);
});

import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Recorder } from "./recorder.ts";

let folder: string;
const path = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vmstate-recorder-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what nobody answers is told apart by how it begins", async () => {
  const recorder = await Recorder.listen(path("recorder"));
  const hello = new Uint8Array(64);
  hello.set([0x11, 0x22, 0x33, 0x44]);
  hello[24] = 1;
  for (const bytes of [Buffer.from("QEVM...."), Buffer.from(hello), Buffer.from([0x08, 0, 10]), Buffer.from([0, 0, 0, 0, 0, 0, 0, 8])]) {
    const socket = connect(path("recorder"));
    socket.resume().end(bytes);
    await once(socket, "close");
  }
  const recordings = await recorder.recordings();
  recorder.close();
  expect(recordings.map(({ part, sent, answered }) => [part, sent.length, answered.length])).toEqual([
    ["main", 8, 0],
    ["channel-1", 64, 0],
    ["recovery", 3, 0],
    ["preempt", 8, 0],
  ]);
});

test("what goes through is kept both ways", async () => {
  const destination = createServer({ allowHalfOpen: true }, (socket) =>
    socket.on("data", () => socket.write("pong")).on("end", () => socket.end("shut")),
  );
  destination.listen(path("destination"));
  await once(destination, "listening");
  const recorder = await Recorder.listen(path("recorder"), path("destination"));
  const source = connect(path("recorder"));
  source.write("QEVM");
  expect(String((await once(source, "data"))[0])).toBe("pong");
  source.end();
  await once(source, "close");
  const [recording] = await recorder.recordings();
  recorder.close();
  destination.close();
  expect([recording?.part, String(recording?.sent), String(recording?.answered)]).toEqual(["main", "QEVM", "pongshut"]);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SYSTEM_CLOCK } from "../clock.ts";
import { VirtualClock } from "../proof/virtual-clock.ts";
import { type DestinationHands, type SourceHands, startDestination, startSource } from "./driver.ts";
import { outputOf, saidBy, startRecordProcess } from "./proof/record-processes.ts";
import { changeRecord, readRecord } from "./record-folder.ts";
import { resolve } from "./run-resolve.ts";

const MOVE = "0123456789abcdef0123456789abcdef";

/** Two sides in this process, and what their hands were asked to do; a message is lost once the connection is cut. */
function twoSides(clock = new VirtualClock()) {
  const folder = mkdtempSync(join(tmpdir(), "vmstate-hand-over-"));
  const [sourceFolder, destinationFolder] = [join(folder, "source"), join(folder, "destination")];
  const done: string[] = [];
  const link = { toDestination: true, toSource: true };
  const record = (side: string, what: string, of: string): void => void done.push(`${side} ${what} (${readRecord(of).state})`);
  const sourceHands: SourceHands = {
    send: async (message) => {
      record("source", message, sourceFolder);
      if (!link.toDestination) throw new Error("The connection is cut.");
      void destination.post({ on: "message", message });
    },
    resume: () => record("source", "resumes", sourceFolder),
    pause: () => record("source", "pauses", sourceFolder),
    release: () => record("source", "lets go", sourceFolder),
    report: (report) => void done.push(`source: ${report}`),
    failed: (error) => void done.push(`source failed: ${error}`),
  };
  const destinationHands: DestinationHands = {
    send: async (message) => {
      record("destination", message, destinationFolder);
      if (!link.toSource) throw new Error("The connection is cut.");
      void source.post({ on: "message", message });
    },
    run: () => record("destination", "runs", destinationFolder),
    release: () => record("destination", "lets go", destinationFolder),
    report: (report) => void done.push(`destination: ${report}`),
    failed: (error) => void done.push(`destination failed: ${error}`),
  };
  const source = startSource({ folder: sourceFolder, migration: MOVE, clock, hands: sourceHands });
  const destination = startDestination({ folder: destinationFolder, migration: MOVE, clock, hands: destinationHands });
  return { clock, source, destination, done, link, sourceFolder, destinationFolder };
}

test("a guest is handed over, each step behind a record that says so", async () => {
  const { clock, source, destination, done } = twoSides();
  await destination.post({ on: "loaded", isPostcopy: false });
  await clock.advance(10);
  expect(done).toEqual([
    "destination ready (ready)",
    "source grant (given)",
    "destination runs (holds)",
    "destination running (holds)",
    "source lets go (done)",
  ]);
  expect([source.state.phase, destination.state.phase]).toEqual(["done", "running"]);
});

test("with post-copy the source lets go only when all is there", async () => {
  const { clock, destination, done, sourceFolder } = twoSides();
  await destination.post({ on: "loaded", isPostcopy: true });
  await clock.advance(10);
  expect(done.slice(2)).toEqual(["destination runs (holds-postcopy)", "destination running-postcopy (holds-postcopy)"]);
  expect(readRecord(sourceFolder).state).toBe("given-postcopy");
  await destination.post({ on: "complete" });
  await clock.advance(10);
  expect(done.slice(4)).toEqual(["destination running (holds)", "source lets go (done)"]);
});

test("before it has given its guest away a source keeps it, whatever fails, and its destination lets go", async () => {
  for (const on of ["failed", "disconnected", "timeout"] as const) {
    const { clock, source, done } = twoSides();
    await source.post({ on });
    await clock.advance(10);
    expect(done).toEqual(["source resumes (kept)", "source cancel (kept)", "destination lets go (void)", "destination abort (void)"]);
  }
});

/** The grant is lost, and neither side hears of the other. */
async function inDoubt(sides = twoSides()) {
  const { clock, source, destination, done, link } = sides;
  link.toDestination = false;
  await destination.post({ on: "loaded", isPostcopy: false });
  await clock.advance(10);
  link.toSource = false;
  await destination.post({ on: "disconnected" });
  for (const on of ["timeout", "failed", "disconnected", "timeout"] as const) {
    await source.post({ on });
    await destination.post({ on: "timeout" });
    await clock.advance(60_000);
  }
  expect(done.filter((line) => /runs|resumes|lets go/.test(line))).toEqual([]);
  expect([source.state.phase, destination.state.phase]).toEqual(["given", "ready"]);
  done.length = 0;
  return sides;
}

test("in doubt both sides wait for as long as it takes, and go on when they are connected again", async () => {
  const { clock, source, done, link } = await inDoubt();
  link.toDestination = link.toSource = true;
  await source.post({ on: "connected" });
  await clock.advance(10);
  expect(done).toEqual([
    "source ask (given)",
    "destination ready (ready)",
    "source grant (given)",
    "destination runs (holds)",
    "destination running (holds)",
    "source lets go (done)",
  ]);
});

test("in doubt the late answer may be that the destination never took it", async () => {
  const { clock, source, destination, done, link } = await inDoubt();
  await destination.post({ on: "failed" });
  expect(done).toEqual(["destination lets go (void)", "destination abort (void)"]);
  link.toDestination = link.toSource = true;
  await source.post({ on: "connected" });
  await clock.advance(10);
  expect(done.slice(2).filter((line) => !/cancel|abort/.test(line))).toEqual(["source ask (given)", "source resumes (kept)"]);
});

test("who resolves a doubt starts the destination, and the source lets go", async () => {
  const { clock, done, sourceFolder, destinationFolder } = await inDoubt();
  const resolved = await clock.run(resolve({ source: sourceFolder, destination: destinationFolder, clock, timeout: 1000 }));
  expect(resolved).toMatchObject({ outcome: "destination", source: { state: "done", by: "resolve" }, destination: { state: "holds" } });
  expect(resolved.steps).toHaveLength(2);
  await clock.advance(100);
  expect(done).toEqual(["destination runs (holds)", "destination running (holds)", "source lets go (done)"]);
});

test("what the destination does not take in time the source gets back", async () => {
  const { clock, done, destination, sourceFolder, destinationFolder } = await inDoubt();
  destination.close();
  const resolved = await clock.run(resolve({ source: sourceFolder, destination: destinationFolder, clock, timeout: 1000 }));
  expect(resolved).toMatchObject({ outcome: "source", source: { state: "kept" }, destination: { state: "void" } });
  await clock.advance(100);
  expect(done).toEqual(["source resumes (kept)", "source cancel (kept)"]);
});

test("several who resolve at once, with both records, make one guest run", async () => {
  const { clock, done, sourceFolder, destinationFolder } = await inDoubt();
  const both = { source: sourceFolder, destination: destinationFolder, clock };
  await clock.run(Promise.all([0, 20, 1000].map((timeout) => resolve({ ...both, timeout }))));
  await clock.advance(100);
  expect(done.filter((line) => /runs|resumes/.test(line))).toHaveLength(1);
});

test("who comes too late to change a record does what it says now", async () => {
  const { clock, source, destination, done, sourceFolder, destinationFolder } = twoSides();
  changeRecord(sourceFolder, MOVE, "holds", "kept", "resolve");
  await source.post({ on: "message", message: "ready" });
  await clock.advance(10);
  expect(done).toEqual(["source resumes (kept)", "source cancel (kept)", "destination lets go (void)", "destination abort (void)"]);
  expect(destination.state.phase).toBe("void");
  expect(readRecord(destinationFolder).state).toBe("void");
});

test("a grant that comes when the destination's record was made void starts nothing", async () => {
  const { clock, destination, done, link, destinationFolder } = twoSides();
  link.toSource = false;
  await destination.post({ on: "loaded", isPostcopy: false });
  changeRecord(destinationFolder, MOVE, "ready", "void", "resolve");
  await destination.post({ on: "message", message: "grant" });
  await clock.advance(10);
  expect(done.filter((line) => !line.includes(": "))).toEqual([
    "destination ready (ready)",
    "destination lets go (void)",
    "destination abort (void)",
  ]);
});

test("records of two moves are not resolved together, nor one for the other", async () => {
  const { clock, sourceFolder, destinationFolder } = twoSides();
  const other = join(mkdtempSync(join(tmpdir(), "vmstate-hand-over-")), "destination");
  const hands: DestinationHands = { send: async () => {}, run: () => {}, release: () => {}, report: () => {}, failed: () => {} };
  startDestination({ folder: other, migration: MOVE.replace("0", "f"), clock, hands }).close();
  const resolving = (source: string, destination: string) => resolve({ source, destination, clock, timeout: 0 });
  await expect(resolving(sourceFolder, other)).rejects.toMatchObject({ code: "foreign" });
  await expect(resolving(destinationFolder, sourceFolder)).rejects.toMatchObject({ code: "foreign" });
  await expect(resolving(sourceFolder, join(other, "none"))).rejects.toMatchObject({ code: "missing" });
});

test("where a record can be neither read nor written nothing runs; when it can again, it counts", async () => {
  const { clock, source, destination, done, sourceFolder } = twoSides();
  rmSync(sourceFolder, { recursive: true });
  writeFileSync(sourceFolder, "");
  await destination.post({ on: "loaded", isPostcopy: false }).catch(() => {});
  await source.post({ on: "failed" });
  await clock.advance(1000);
  expect(source.state.phase).toBe("halted");
  expect(done).toEqual(["destination ready (ready)", "source: unreadable"]);
  rmSync(sourceFolder);
  mkdirSync(sourceFolder);
  const record = { ...readRecord(join(sourceFolder, "../destination")), role: "source", state: "holds", revision: 1 };
  writeFileSync(join(sourceFolder, "1.json"), JSON.stringify(record));
  await clock.advance(1000);
  expect(source.state.phase).toBe("kept");
  expect(done).toContain("source resumes (kept)");
});

test("a hand that fails in answer to nobody's event is told of", async () => {
  const { clock, destinationFolder } = await inDoubt();
  const folder = join(mkdtempSync(join(tmpdir(), "vmstate-hand-over-")), "source");
  const failed: unknown[] = [];
  const error = new Error("The guest does not run.");
  const source = startSource({
    folder,
    migration: MOVE,
    clock,
    hands: {
      send: async () => {},
      resume: () => {
        throw error;
      },
      pause: () => {},
      release: () => {},
      report: () => {},
      failed: (failure) => failed.push(failure),
    },
  });
  await source.post({ on: "message", message: "ready" });
  expect(readRecord(folder).state).toBe("given");
  await clock.run(resolve({ source: folder, dead: "destination", clock, timeout: 0 }));
  await clock.advance(100);
  expect(failed).toEqual([error]);
  await expect(clock.run(resolve({ source: folder, destination: destinationFolder, clock, timeout: 0 }))).resolves.toMatchObject({
    outcome: "source",
  });
});

const CHILD = `
const hands = {
  send: async (message) => console.log("says " + message), resume: () => console.log("resumes"), run: () => console.log("runs"),
  pause: () => {}, release: () => { console.log("lets go"); setTimeout(() => process.exit(), 10); }, report: () => {}, failed: (error) => { throw error; },
};
const place = { folder: args[1], migration: "${MOVE}", clock: SYSTEM_CLOCK, poll: 5, hands };
if (args[0] === "source") await startSource(place).post({ on: "message", message: "ready" });
else await startDestination(place).post({ on: "loaded", isPostcopy: false });
`;

test.each([
  ["source", "destination", "says running"],
  ["destination", "source", "says cancel"],
] as const)("when the %s is killed in doubt, who resolves starts the %s", async (killed, left, last) => {
  const folder = mkdtempSync(join(tmpdir(), "vmstate-hand-over-"));
  const folders = { source: join(folder, "source"), destination: join(folder, "destination") };
  const children = {
    destination: startRecordProcess(CHILD, ["destination", folders.destination]),
    source: startRecordProcess(CHILD, ["source", folders.source]),
  };
  const isOver = outputOf(children[killed]);
  const runs = saidBy(children[left], last);
  await Promise.all([saidBy(children.destination, "says ready"), saidBy(children.source, "says grant")]);
  children[killed].kill("SIGKILL");
  await isOver;
  const resolved = await resolve({ ...folders, clock: SYSTEM_CLOCK, timeout: 60_000 });
  expect(resolved.outcome).toBe(left);
  await runs;
  children[left].kill("SIGKILL");
});

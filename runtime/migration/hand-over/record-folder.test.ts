import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { livenessOf, thisProcess } from "./process-identity.ts";
import { outputOf, saidBy, startRecordProcess } from "./proof/record-processes.ts";
import { formatRecord, parseRecord } from "./record.ts";
import { RecordError } from "./record-error.ts";
import { beginRecord, changeRecord, readRecord } from "./record-folder.ts";

const calls: string[] = [];

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const names = new Map<number, string>();
  return {
    ...fs,
    openSync: (path: string, ...rest: [string, number]) => {
      const file = fs.openSync(path, ...rest);
      names.set(file, path.endsWith(".new") ? "new file" : "folder");
      return file;
    },
    writeSync: (file: number, text: string) => {
      calls.push(`write ${names.get(file)}`);
      return fs.writeSync(file, text);
    },
    fsyncSync: (file: number) => {
      calls.push(`fsync ${names.get(file)}`);
      fs.fsyncSync(file);
    },
    linkSync: (from: string, to: string) => {
      calls.push("link");
      fs.linkSync(from, to);
    },
  };
});

const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const MOVE = "0123456789abcdef0123456789abcdef";
const OTHER = "fedcba9876543210fedcba9876543210";

function newFolder(): string {
  return join(mkdtempSync(join(tmpdir(), "vmstate-record-")), "record");
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof RecordError) return error.code;
    throw error;
  }
  return "none";
}

/** A record of a process that is not any more, or of another host. */
function leave(folder: string, role: "source" | "destination", state: string, owner: Partial<ReturnType<typeof thisProcess>>): void {
  const { record } = beginRecord(folder, { role, migration: OTHER });
  const left = { ...record, state, process: { ...record.process, ...owner } };
  writeFileSync(join(folder, `${record.revision}.json`), JSON.stringify(left));
}

const DEAD = { pid: 2 ** 22 + 1 };
const ELSEWHERE = { boot: "another" };

test("a record is written step by step, and who expects another state changes nothing", () => {
  const folder = newFolder();
  const { record, isWritten } = beginRecord(folder, { role: "source", migration: MOVE });
  expect(record).toMatchObject({ role: "source", state: "holds", revision: 1, migration: MOVE, process: thisProcess(), by: "source" });
  expect(isWritten).toBe(true);
  expect(changeRecord(folder, MOVE, "holds", "given", "source")).toMatchObject({
    isWritten: true,
    record: { state: "given", revision: 2 },
  });
  expect(changeRecord(folder, MOVE, "holds", "kept", "source")).toMatchObject({
    isWritten: false,
    record: { state: "given", revision: 2 },
  });
  expect(changeRecord(folder, MOVE, "given", "done", "resolve").record.process).toEqual(thisProcess());
  expect(readRecord(folder)).toMatchObject({ state: "done", revision: 3, by: "resolve" });
  expect(readdirSync(folder).sort()).toEqual(["1.json", "2.json", "3.json"]);
  expect(codeOf(() => changeRecord(folder, OTHER, "done", "kept", "source"))).toBe("foreign");
  expect(codeOf(() => changeRecord(folder, MOVE, "done", "holds", "source"))).toBe("not-a-step");
});

test("what is written is synced before it counts, and before anybody acts on it", () => {
  const folder = newFolder();
  calls.length = 0;
  beginRecord(folder, { role: "destination", migration: MOVE });
  expect(calls).toEqual(["fsync folder", "write new file", "fsync new file", "link", "fsync folder"]);
  calls.length = 0;
  changeRecord(folder, MOVE, "loading", "ready", "destination");
  expect(calls, "what is expected is on the disk as well").toEqual([
    "fsync folder",
    "write new file",
    "fsync new file",
    "link",
    "fsync folder",
  ]);
  calls.length = 0;
  readRecord(folder);
  expect(calls).toEqual(["fsync folder"]);
});

test("no record, half a record and anything else than a record are errors, and no right to run", () => {
  const folder = newFolder();
  expect(codeOf(() => readRecord(folder))).toBe("missing");
  mkdirSync(folder);
  expect(codeOf(() => readRecord(folder))).toBe("missing");
  const text = formatRecord(beginRecord(folder, { role: "source", migration: MOVE }).record);
  for (let length = 0; length < text.length - 2; length++) {
    writeFileSync(join(folder, "1.json"), text.slice(0, length));
    expect(
      codeOf(() => readRecord(folder)),
      `${length} bytes`,
    ).toBe("damaged");
    expect(codeOf(() => changeRecord(folder, MOVE, "holds", "given", "source"))).toBe("damaged");
    expect(codeOf(() => beginRecord(folder, { role: "source", migration: OTHER }))).toBe("damaged");
  }
  const record = JSON.parse(text) as Record<string, unknown>;
  for (const [key, value] of Object.entries({
    schema: "vmstate-hand-over/2",
    role: "both",
    state: "ready",
    migration: "1",
    revision: 2,
    process: { pid: "1" },
    host: 1,
    by: "me",
  })) {
    expect(
      codeOf(() => parseRecord("x", 1, JSON.stringify({ ...record, [key]: value }))),
      key,
    ).toBe("damaged");
  }
  fc.assert(
    fc.property(fc.json(), (json) => codeOf(() => parseRecord("x", 1, json)) === "damaged"),
    { seed: SEED },
  );
  for (const state of ["toString", "__proto__", "constructor"]) {
    expect(codeOf(() => parseRecord("x", 1, JSON.stringify({ ...record, state })))).toBe("damaged");
  }
});

test("the highest number counts, and no other file does", () => {
  const folder = newFolder();
  const { record } = beginRecord(folder, { role: "source", migration: MOVE });
  for (const name of ["2.json.old", "02.json", ".9-1-1.new", "x3.json", "4"]) writeFileSync(join(folder, name), "{");
  expect(readRecord(folder)).toEqual(record);
  writeFileSync(join(folder, "10.json"), formatRecord({ ...record, revision: 10 } as typeof record));
  expect(readRecord(folder).revision).toBe(10);
});

test.each<[string, "source" | "destination", string, Partial<ReturnType<typeof thisProcess>>, string]>([
  ["over", "source", "kept", {}, "none"],
  ["over", "source", "done", ELSEWHERE, "none"],
  ["over", "destination", "void", {}, "none"],
  ["at work", "source", "holds", {}, "taken"],
  ["at work elsewhere", "source", "holds", ELSEWHERE, "taken"],
  ["left with its guest", "source", "holds", DEAD, "none"],
  ["in doubt", "source", "given", DEAD, "unfinished"],
  ["in doubt", "destination", "ready", DEAD, "unfinished"],
  ["in doubt", "destination", "granted", {}, "unfinished"],
  ["left halfway", "destination", "loading", DEAD, "none"],
  ["at work", "destination", "loading", {}, "taken"],
  ["of this process, whose guest has left again", "destination", "holds", {}, "none"],
  ["with the guest elsewhere", "destination", "holds", ELSEWHERE, "taken"],
])("a move begins where the one before is %s (%s %s), or does not", (_, role, state, owner, expected) => {
  const folder = newFolder();
  leave(folder, role, state, owner);
  expect(codeOf(() => beginRecord(folder, { role, migration: MOVE }))).toBe(expected);
  if (expected !== "none") return;
  expect(readRecord(folder)).toMatchObject({ migration: MOVE, revision: 2 });
  expect(readdirSync(folder), "what was before is forgotten").toEqual(["2.json"]);
  expect(codeOf(() => beginRecord(folder, { role: role === "source" ? "destination" : "source", migration: OTHER }))).toBe("foreign");
});

test("a process that is started again finds its record; one whose record lives is refused", () => {
  const folder = newFolder();
  beginRecord(folder, { role: "source", migration: MOVE });
  expect(codeOf(() => beginRecord(folder, { role: "source", migration: MOVE }))).toBe("taken");
  leaveAs(folder, DEAD);
  expect(beginRecord(folder, { role: "source", migration: MOVE })).toMatchObject({
    isWritten: false,
    record: { revision: 1, state: "holds" },
  });
});

function leaveAs(folder: string, owner: Partial<ReturnType<typeof thisProcess>>): void {
  const record = readRecord(folder);
  writeFileSync(join(folder, `${record.revision}.json`), JSON.stringify({ ...record, process: { ...record.process, ...owner } }));
}

test("of a process is known whether it lives, or nothing", async () => {
  const self = thisProcess();
  expect(livenessOf(self)).toBe("alive");
  expect(livenessOf({ ...self, start: "1" }), "its number was used again").toBe("dead");
  expect(livenessOf({ ...self, pid: DEAD.pid })).toBe("dead");
  expect(livenessOf({ ...self, boot: "another" })).toBe("unknown");
  expect(livenessOf({ ...self, pids: "pid:[1]" }), "another container").toBe("unknown");
  const folder = newFolder();
  const child = startRecordProcess(
    `beginRecord(args[0], { role: "source", migration: "${MOVE}" }); console.log("begun"); setInterval(() => {}, 1000);`,
    [folder],
  );
  await saidBy(child, "begun");
  const owner = readRecord(folder).process;
  expect(livenessOf(owner)).toBe("alive");
  const isOver = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await isOver;
  expect(livenessOf(owner)).toBe("dead");
});

test("of several processes that change a record at once, one does: 200 races", async () => {
  const races = 200;
  const targets = ["holds", "granted", "void", "holds-postcopy"];
  const folder = mkdtempSync(join(tmpdir(), "vmstate-races-"));
  for (let race = 0; race < races; race++) {
    beginRecord(join(folder, `${race}`), { role: "destination", migration: MOVE });
    changeRecord(join(folder, `${race}`), MOVE, "loading", "ready", "destination");
  }
  const children = targets.map((target, index) =>
    startRecordProcess(
      `const [folder, target, index, count] = args;
      const wait = new Int32Array(new SharedArrayBuffer(4));
      for (let race = 0; race < ${races}; race++) {
        writeFileSync(folder + "/at-" + race + "-" + index, "");
        for (let other = 0; other < Number(count); other++) {
          while (!existsSync(folder + "/at-" + race + "-" + other)) Atomics.wait(wait, 0, 0, 0.2);
        }
        const { isWritten } = changeRecord(folder + "/" + race, "${MOVE}", "ready", target, "destination");
        if (isWritten) console.log(race);
      }`,
      [folder, target, `${index}`, `${targets.length}`],
    ),
  );
  const won = (await Promise.all(children.map(outputOf))).map((text) => text.split("\n").filter(Boolean).map(Number));
  const winners = Array.from({ length: races }, (_, race) => targets.filter((_, index) => won[index]?.includes(race)));
  expect(winners.filter((of) => of.length !== 1)).toEqual([]);
  winners.forEach(([winner], race) => {
    expect(readRecord(join(folder, `${race}`))).toMatchObject({ revision: 3, state: winner });
  });
  expect(won.filter((races) => races.length > 0).length, "more than one of them has ever won").toBeGreaterThan(1);
  rmSync(folder, { recursive: true });
});

test("who is killed while writing leaves a record that can be read, and the next goes on with it", async () => {
  const folder = newFolder();
  const random = (limit: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % limit;
  };
  let seed = SEED + 1000;
  let changes = 0;
  for (let kill = 0; kill < 12; kill++) {
    const child = startRecordProcess(
      `for (let move = Number(args[1]); ; move++) {
        const migration = move.toString(16).padStart(32, "0");
        beginRecord(args[0], { role: "destination", migration });
        if (move === Number(args[1])) console.log("begun");
        changeRecord(args[0], migration, "loading", "ready", "destination");
        changeRecord(args[0], migration, "ready", "void", "destination");
      }`,
      [folder, `${kill * 100_000}`],
    );
    await saidBy(child, "begun");
    const isOver = new Promise((resolve) => child.once("close", resolve));
    const reads = 20 + random(200);
    for (let read = 0; read < reads; read++) {
      await new Promise((resolve) => setImmediate(resolve));
      changes = Math.max(changes, readRecord(folder).revision);
    }
    child.kill("SIGKILL");
    await isOver;
    const record = readRecord(folder);
    expect(record.revision, `seed ${SEED}`).toBeGreaterThanOrEqual(changes);
    expect(parseRecord("x", record.revision, readFileSync(join(folder, `${record.revision}.json`), "utf8"))).toEqual(record);
    changes = record.revision;
    if (record.state === "ready") changeRecord(folder, record.migration, "ready", "void", "resolve");
  }
  expect(changes).toBeGreaterThan(12);
});

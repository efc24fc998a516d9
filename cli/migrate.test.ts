import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { ROOT, type Run, runCli } from "./run-cli.ts";
import { type End, startEnd } from "./run-end.ts";

const folder = mkdtempSync(join(tmpdir(), "vmstate-migrate-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A guest as small as it can be told apart from none, on both sides. */
const GUEST = ["--ram", "8M", "--working-set", "2M", "--workload", "zipf", "--rate", "4000"];

function start(cwd: string, ...args: readonly string[]): End {
  return startEnd([...args, ...GUEST], { cwd });
}

const place = (): string => mkdtempSync(join(folder, "move-"));
const listens = async (end: End): Promise<string> => (await end.told(({ event }) => event === "begin")).listens as string;

function outcome(end: End): Readonly<Record<string, unknown>> {
  return end.events.at(-1) ?? {};
}

const GOOD = { status: 0, err: "" };
const TLS = (side: "source" | "destination"): string[] => {
  const file = (name: string): string => join(ROOT, "fixtures/tls", name);
  return ["--tls-ca", file("authority.pem"), "--tls-cert", file(`${side}.pem`), "--tls-key", file(`${side}.key`)];
};

test.concurrent("a guest is moved over a unix socket, and every event is told", async () => {
  const cwd = place();
  const destination = start(cwd, "--listen", "unix:socket", "--record", "there", "--verify", "--json");
  await listens(destination);
  const source = start(cwd, "--to", "unix:socket", "--record", "here", "--json");
  expect(await source.done).toMatchObject(GOOD);
  expect(await destination.done).toMatchObject(GOOD);
  expect(source.events[0]).toMatchObject({ event: "begin", schema: "vmstate-move-event/1", side: "source", machine: "pc-i440fx-2.2" });
  const statuses = source.events.flatMap(({ event, status }) => (event === "MIGRATION" ? [status] : []));
  expect(statuses).toEqual(["setup", "active", "device", "completed"]);
  const { pause, status, query } = outcome(source) as {
    pause: { milliseconds: number; rows: { phase: string; milliseconds: number }[] };
  } & Record<string, unknown>;
  expect(status).toBe("completed");
  expect(query).toMatchObject({ status: "completed", ram: { remaining: 0, total: expect.any(Number) } });
  expect(pause.rows.reduce((sum, row) => sum + row.milliseconds, 0)).toBeCloseTo(pause.milliseconds, 1);
  expect(pause.rows.map(({ phase }) => phase)).toEqual(
    expect.arrayContaining(["pause", "ram", "save", "load", "record", "give", "resume"]),
  );
  expect(outcome(destination)).toMatchObject({ status: "completed", verdict: { pages: 2047, badPages: 0, lostWrites: "0" } });
});

/** What a source prints when its guest has been moved. */
const ACCOUNT = new RegExp(
  "^completed in \\d+\\.\\d\\d s, paused for \\d+\\.\\d ms of at most \\d+: \\d+\\.\\d MiB in \\d+ pass(es)?\\n\\n" +
    "( {2}pass +\\d+ +at +\\d+\\.\\d\\d s +\\d+\\.\\d MiB to send( {3}.*)?\\n| {2}… \\d+ more\\n)+\\n" +
    "where the pause went\\n( {2}(source|destination|wire) +[a-z-]+ +\\d+\\.\\d\\d ms( {3}\\d+ devices?; the slowest: .*)?\\n)+$",
);

test("the page shows what is printed", () => {
  const page = readFileSync(join(ROOT, "README.md"), "utf8");
  const shown = /```text\n(completed in [^`]*)```/.exec(page)?.[1];
  expect(shown).toMatch(ACCOUNT);
});

test.concurrent.each([
  ["tcp", [], []],
  ["tcp with certificates", [...TLS("source"), "--tls-peer", "destination.test"], TLS("destination")],
])("over %s, told in words", async (_, left, right) => {
  const cwd = place();
  const destination = start(cwd, "--listen", "tcp:127.0.0.1:0", "--record", "there", "--verify", "--json", ...right);
  const source = start(cwd, "--to", await listens(destination), "--record", "here", ...left);
  const { status, out, err } = await source.done;
  expect({ status, err }).toEqual(GOOD);
  expect(out).toMatch(ACCOUNT);
  expect(await destination.done).toMatchObject(GOOD);
});

test.concurrent("over a command, and over descriptors", async () => {
  const cwd = place();
  const destination = start(cwd, "--listen", "unix:socket", "--record", "there", "--json");
  await listens(destination);
  const bridge = "const s=require('net').connect('socket');process.stdin.pipe(s);s.pipe(process.stdout)";
  const source = start(cwd, "--to", `exec:${process.execPath} -e "${bridge}"`, "--record", "here", "--json");
  expect(await source.done).toMatchObject(GOOD);
  expect(await destination.done).toMatchObject(GOOD);

  const server = createServer({ pauseOnConnect: true }).listen(join(cwd, "pair"));
  const [[left], right] = await Promise.all([once(server, "connection") as Promise<[Socket]>, connected(join(cwd, "pair"))]);
  const over = (socket: Socket, ...args: readonly string[]): End =>
    startEnd([...args, "--json", ...GUEST], { cwd, stdio: ["ignore", "pipe", "pipe", socket] });
  const ends = [over(left, "--listen", "fd:3", "--record", "there-too"), over(right, "--to", "fd:3", "--record", "here-too")];
  for (const each of [left, right]) each.destroy();
  server.close();
  for (const { done } of ends) expect(await done).toMatchObject(GOOD);
});

async function connected(path: string): Promise<Socket> {
  const socket = connect({ path });
  socket.pause();
  await once(socket, "connect");
  return socket;
}

test.concurrent.each([
  ["post-copy", ["--postcopy-after", "50", "--max-bandwidth", "16M"], ["postcopy-active", "completed"]],
  ["further connections", ["--channels", "2"], ["device", "completed"]],
  ["differences of pages", ["--xbzrle", "8M"], ["device", "completed"]],
])("with %s", async (_, how, last) => {
  const cwd = place();
  const destination = start(cwd, "--listen", "unix:socket", "--record", "there", "--json", "--verify", "--fill", "random");
  await listens(destination);
  const source = start(cwd, "--to", "unix:socket", "--record", "here", "--json", "--fill", "random", ...how);
  expect(await source.done).toMatchObject(GOOD);
  expect(await destination.done).toMatchObject(GOOD);
  const statuses = source.events.flatMap(({ event, status }) => (event === "MIGRATION" ? [status] : []));
  expect(statuses.slice(-2)).toEqual(last);
  expect(outcome(destination)).toMatchObject({ verdict: { badPages: 0, lostWrites: "0" } });
});

test.concurrent("another machine type is refused, and the guest stays", async () => {
  const cwd = place();
  const destination = start(cwd, "--listen", "unix:socket", "--record", "there");
  await destination.said("listening at unix:socket\n");
  const capture = join(ROOT, "fixtures/machines/5.2-pc-i440fx-2.1-ib700.mig.gz");
  const other = ["--machine", "pc-2.1", "--profile", "5.2", "--capture", capture];
  const source = start(cwd, "--to", "unix:socket", "--record", "here", ...other);
  const why = "The source's machine is a pc-i440fx-2.1; the one here is a pc-i440fx-2.2.";
  expect(await source.done).toEqual({
    status: 1,
    out: "",
    err: `vmstate migrate: The move failed in phase 'hello': ${why} The guest runs on here, at the source.\n`,
  });
  expect(await destination.done).toMatchObject({ status: 1, err: expect.stringContaining(`did not arrive, in phase 'hello': ${why}\n`) });
});

const own = runCli("vmstate", ["dump", "--machine", "pc-2.2", "--profile", "5.2"]).out;

test.concurrent("metadata that the checker finds incompatible is refused with section and field; that of other devices is not", async () => {
  const cwd = place();
  const newer = (section: string): string => {
    const metadata = JSON.parse(own) as Record<string, { version_id?: number; Description?: { version_id: number } }>;
    const { Description } = metadata[section] ?? {};
    if (Description === undefined) throw new Error(`There is no section ${section}.`);
    Description.version_id += 1;
    const path = join(cwd, `${section}.json`);
    writeFileSync(path, JSON.stringify(metadata));
    return path;
  };
  const first = start(cwd, "--listen", "unix:socket", "--record", "there", "--json");
  await listens(first);
  const refused = start(cwd, "--to", "unix:socket", "--record", "here", "--metadata", newer("i8042"), "--json");
  expect((await refused.done).err).toMatch(
    /^vmstate migrate: The move failed in phase 'hello', at pckbd: The metadata of the two sides is incompatible: i8042: Version 4 is sent, .* The guest runs on here, at the source\.\n$/,
  );
  expect(outcome(refused)).toMatchObject({ status: "failed", query: { ram: { transferred: 0 } } });
  expect(await first.done).toMatchObject({ status: 1 });
  const second = start(cwd, "--listen", "unix:socket", "--record", "there", "--json");
  await listens(second);
  const moved = start(cwd, "--to", "unix:socket", "--record", "here", "--metadata", newer("e1000"));
  expect(await moved.done).toMatchObject(GOOD);
  expect(await second.done).toMatchObject(GOOD);
});

test.concurrent("an interrupt cancels: the guest goes on at the source", async () => {
  const cwd = place();
  const destination = start(cwd, "--listen", "unix:socket", "--record", "there", "--json");
  await listens(destination);
  const source = start(cwd, "--to", "unix:socket", "--record", "here", "--json", "--fill", "random", "--max-bandwidth", "1M");
  await source.told(({ status }) => status === "active");
  source.child.kill("SIGUSR1");
  await source.said('"status":"active"');
  source.child.kill("SIGINT");
  const { status, err } = await source.done;
  expect({ status, end: outcome(source).status }).toEqual({ status: 1, end: "cancelled" });
  expect(err).toMatch(/The move was cancelled .*The guest runs on here, at the source\.\n$/);
  expect(await destination.done).toMatchObject({ status: 1 });
});

test.concurrent("a guest that waits before its pause goes on when it is told to", async () => {
  const cwd = place();
  const destination = start(cwd, "--listen", "unix:socket", "--record", "there", "--json");
  await listens(destination);
  const source = start(cwd, "--to", "unix:socket", "--record", "here", "--json", "--pause-before-switchover");
  await source.told(({ status }) => status === "pre-switchover");
  source.child.kill("SIGUSR2");
  expect(await source.done).toMatchObject(GOOD);
  expect(await destination.done).toMatchObject(GOOD);
});

describe.concurrent("a source that is killed when it has given its guest away", () => {
  test.each([
    ["by both records", ["--source", "here", "--destination", "there"], "The destination gets the guest that the source gave away."],
    ["by one", ["--destination", "there", "--other-side-is-dead"], "The destination gets the guest of the dead source"],
  ])("is resolved %s", async (_, sides, step) => {
    const cwd = place();
    const destination = start(cwd, "--listen", "unix:socket", "--record", "there", "--verify", "--json");
    await listens(destination);
    const line = await lineBetween(join(cwd, "line"), join(cwd, "socket"));
    const source = start(cwd, "--to", "unix:line", "--record", "here", "--json");
    await source.told(({ event }) => event === "STOP");
    line.slow();
    // Its grant is on the line now, and is lost with it.
    await stateIs(join(cwd, "here"), "given");
    line.cut();
    source.child.kill("SIGKILL");
    await destination.said("vmstate migrate --resolve --destination there --source DIR\n");
    await source.done;
    const resolved = await startEnd(["--resolve", ...sides], { cwd }).done;
    expect(resolved).toMatchObject(GOOD);
    expect(resolved.out).toContain(step);
    expect(resolved.out).toMatch(/\nThe destination has the guest\.?.*\n$/);
    expect(await destination.done).toMatchObject({ status: 0 });
    expect(outcome(destination)).toMatchObject({ status: "completed", verdict: { badPages: 0, lostWrites: "0" } });
  });
});

/** Ms that each byte is under way on a line that is made slow. */
const LATE = 200;

interface Line {
  readonly slow: () => void;
  /** Takes with it what is under way. */
  readonly cut: () => void;
}

/** A line between two sockets. */
async function lineBetween(from: string, to: string): Promise<Line> {
  const sockets: Socket[] = [];
  let isCut = false;
  let late = 0;
  const carry = (left: Socket, right: Socket): void => {
    const later = (call: () => void): void => void setTimeout(() => (isCut ? undefined : call()), late);
    left.on("data", (bytes) => later(() => right.write(bytes)));
    left.on("end", () => later(() => right.end()));
    left.on("error", () => {});
  };
  const server = createServer({ allowHalfOpen: true }, (left) => {
    const right = connect({ path: to, allowHalfOpen: true });
    sockets.push(left, right);
    carry(left, right);
    carry(right, left);
  }).listen(from);
  await once(server, "listening");
  return {
    slow: () => {
      late = LATE;
    },
    cut: () => {
      isCut = true;
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Resolves when the newest revision of a record says so. */
async function stateIs(record: string, state: string): Promise<void> {
  const newest = (): string => {
    const [name] = readdirSync(record)
      .filter((each) => each.endsWith(".json"))
      .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10));
    return readFileSync(join(record, name ?? ""), "utf8");
  };
  while ((JSON.parse(newest()) as { state: string }).state !== state) await sleep(1);
}

test("a guest is kept in a file, as a plain stream, and loaded from it", async () => {
  const cwd = place();
  const vmstate = (...args: readonly string[]): Run => runCli("vmstate", args, { cwd });
  const saved = vmstate("migrate", "--to", "file:vm.mig", ...GUEST);
  expect(saved).toMatchObject(GOOD);
  expect(saved.out).toMatch(/^saved: \d+ bytes, \d+ pages, \d+ zero pages, 29 devices\n$/);
  expect(vmstate("stream", "info", "vm.mig").status).toBe(0);
  expect(vmstate("migrate", "--listen", "file:vm.mig", "--verify", ...GUEST)).toMatchObject({
    ...GOOD,
    out: expect.stringContaining("2047 pages, none of them bad"),
  });
  writeFileSync(join(cwd, "cut.mig"), readFileSync(join(cwd, "vm.mig")).subarray(0, -100));
  expect(vmstate("migrate", "--listen", "file:cut.mig", ...GUEST)).toMatchObject({
    status: 1,
    err: expect.stringContaining("in phase 'load'"),
  });
});

test("a record that another move needs is not begun anew", async () => {
  const cwd = place();
  writeFileSync(join(cwd, "file"), "");
  const vmstate = (...args: readonly string[]): Run => runCli("vmstate", ["migrate", ...args, ...GUEST], { cwd });
  expect(vmstate("--to", "unix:none", "--record", "file")).toMatchObject({
    status: 1,
    err: expect.stringContaining("The folder of the hand-over record cannot be made"),
  });
  expect(vmstate("--to", "unix:none", "--record", "here", "--retries", "0")).toMatchObject({
    status: 1,
    err: expect.stringContaining("runs on here"),
  });
  expect(vmstate("--listen", "unix:none", "--record", "here")).toEqual({
    status: 1,
    out: "",
    err: "vmstate migrate: here: The hand-over record is that of a source.\n",
  });
});

test.each([
  [[], 2, /--to ADDRESS, --listen ADDRESS or --resolve is missing/],
  [["--to", "unix:a", "--listen", "unix:b"], 2, /--to and --listen do not go together/],
  [["--to", "unix:a"], 2, /--record DIR is missing/],
  [["--to", "foo:a", "--record", "r"], 2, /'foo:a' is no address/],
  [["--to", "unix:a", "--record", "r", "--exposed"], 2, /--exposed is not for --to/],
  [["--to", "unix:a", "--record", "r", "x"], 2, /'x' is not asked for/],
  [["--to", "unix:a", "--record", "r", "--policy", "hope"], 2, /--policy takes none, qemu-1\.6/],
  [["--to", "unix:a", "--record", "r", "--downtime-limit", "0"], 2, /--downtime-limit takes a whole number from 1/],
  [["--to", "unix:a", "--record", "r", "--bandwidth", "0"], 2, /--bandwidth takes more than 0/],
  [["--to", "unix:a", "--record", "r", "--tls-ca", "x"], 2, /go together/],
  [["--to", "unix:a", "--record", "r", "--after", "0", "--channels", "2", "--xbzrle", "8M"], 2, /go over one connection only/],
  [["--to", "file:a", "--machine", "pc-2.1"], 2, /--capture STREAM is missing/],
  [["--to", "file:a", "--machine", "pc-2.3"], 2, /There is no machine type 'pc-2\.3'/],
  [["--to", "file:a", "--capture", "none.mig"], 3, /^none\.mig: No such file\.\n$/],
  [["--to", "file:a", "--capture", join(ROOT, "package.json")], 3, /package\.json: at 0: /],
  [["--to", "unix:a", "--record", "r", "--metadata", "none.json"], 3, /none\.json: No such file/],
  [["--to", "tcp:localhost:1", "--record", "r", "--tls-ca", "x", "--tls-cert", "y", "--tls-key", "z"], 3, /^x: It cannot be read/],
  [["--listen", "tcp:0.0.0.0:0", "--record", "r"], 2, /for other hosts to come/],
  [["--resolve"], 2, /--source DIR and --destination DIR are missing/],
  [["--resolve", "--source", "r"], 2, /--destination DIR is missing; without it, say --other-side-is-dead/],
  [["--resolve", "--source", "r", "--destination", "r"], 3, /^r: There is no hand-over record here\.\n$/],
] as const)("%j is refused", (args, status, sentence) => {
  const run = runCli("vmstate", ["migrate", ...args], { cwd: folder });
  expect({ status: run.status, out: run.out }).toEqual({ status, out: "" });
  expect(run.err).toMatch(sentence);
});

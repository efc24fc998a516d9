import { closeSync, write } from "node:fs";
import { promisify } from "node:util";
import { SYSTEM_CLOCK } from "../../runtime/migration/clock.ts";
import { recordDirtyLog } from "../../runtime/migration/dirty-log/record-dirty-log.ts";
import { type Command, EXIT, type Io, UsageError } from "../command.ts";
import { GUEST, GUEST_HELP, guestOf } from "../dirty-log/guest.ts";
import { positive } from "../dirty-log/numbers.ts";
import { readLog } from "../dirty-log/read-log.ts";
import { logJson, renderLog } from "../dirty-log/render-log.ts";
import { byteCount, parseOptions } from "../options.ts";
import { explained, openOutput } from "../stream/write-output.ts";

export const command: Command = {
  summary: "which pages a guest writes to and when, in a file",
  help: `usage: vmstate dirty-log -o FILE [OPTION…]
       vmstate dirty-log --info FILE [--json]

Runs a synthetic guest and logs which of its pages become dirty, epoch by epoch, for vmstate predict. An interrupt ends the log where
it is; a file that is cut is good up to its last whole epoch.

  -o, --output FILE    the log; FORMAT.md describes it
  --period MS[,MS…]    lengths of the epochs, turn about; 20 when left out
  --for SECONDS        how long; 10 when left out
${GUEST_HELP}
  --info               says what a log holds
  --json               the same as JSON
  --max-input BYTES    refuse larger logs (256M)

Exit status: 0 done, 1 the log could not be written to its end, 2 usage, 3 the file is no log.

  vmstate dirty-log -o guest.log --for 6 --workload zipf --rate 20000
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, {
      ...GUEST,
      output: { type: "string", short: "o" },
      period: { type: "string" },
      for: { type: "string" },
      info: { type: "boolean" },
      json: { type: "boolean" },
      "max-input": { type: "string" },
    });
    const [path, more] = positionals;
    if (values.info === true) {
      if (path === undefined || more !== undefined) throw new UsageError("--info wants one log.");
      const log = readLog(path, byteCount("max-input", values["max-input"]), io);
      io.out(values.json === true ? `${JSON.stringify(logJson(log), null, 2)}\n` : renderLog(log));
      return EXIT.ok;
    }
    if (path !== undefined) throw new UsageError(`'${path}' is not asked for; -o names the log, and --info reads one.`);
    if (values.output === undefined) throw new UsageError("-o FILE is missing.");
    const periods = (values.period ?? "20").split(",").map((each) => positive("period", each, "numbers of ms"));
    const seconds = positive("for", values.for ?? "10", "a number of seconds");
    const guest = await guestOf(values);
    try {
      guest.resume();
      await record(guest, values.output, periods, seconds, io);
    } finally {
      await guest.stop();
    }
    return EXIT.ok;
  },
};

const writeFile = promisify(write);

async function record(
  guest: Awaited<ReturnType<typeof guestOf>>,
  path: string,
  periods: readonly number[],
  seconds: number,
  io: Io,
): Promise<void> {
  const fd = openOutput(path);
  const recording = recordDirtyLog(guest, {
    clock: SYSTEM_CLOCK,
    periods,
    milliseconds: seconds * 1000,
    write: async (bytes) => {
      for (let done = 0; done < bytes.length; ) done += (await writeFile(fd, bytes, done)).bytesWritten;
    },
    onEpoch: ({ at, dirtyPages }) => {
      if (io.showsProgress === true) io.err(`\r${(at / 1000).toFixed(1)} of ${seconds} s, ${dirtyPages} pages \x1b[K`);
    },
  });
  // A failure comes out of `done` as well.
  const interrupt = (): void => void recording.cancel().catch(() => undefined);
  process.once("SIGINT", interrupt);
  try {
    const { epochs, bytes } = await recording.done;
    if (io.showsProgress === true) io.err("\r\x1b[K");
    io.out(`${epochs} epochs, ${bytes} bytes\n`);
  } catch (error) {
    throw explained(error);
  } finally {
    process.off("SIGINT", interrupt);
    closeSync(fd);
  }
}

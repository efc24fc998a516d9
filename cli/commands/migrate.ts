import { type Command, UsageError } from "../command.ts";
import { GUEST_HELP } from "../dirty-log/guest.ts";
import { isFile } from "../migrate/explain.ts";
import { OPTIONS, POLICY_NAMES, roleOf } from "../migrate/options.ts";
import { runDestination } from "../migrate/run-destination.ts";
import { runResolve } from "../migrate/run-resolve.ts";
import { runSource } from "../migrate/run-source.ts";
import { loadFile, saveFile } from "../migrate/stream-file.ts";
import { parseOptions } from "../options.ts";

export const command: Command = {
  summary: "move a running guest between two processes, and see where its pause goes",
  help: `usage: vmstate migrate --listen ADDRESS --record DIR [OPTION…]
       vmstate migrate --to ADDRESS --record DIR [OPTION…]
       vmstate migrate --to|--listen file:PATH [OPTION…]
       vmstate migrate --resolve --source DIR --destination DIR [--json]

Moves a running synthetic guest with a machine type's devices from one process to another, in QEMU's stream. The first command waits for
it, the second runs it and moves it there; both are given the same guest. Before a byte of memory is sent the destination's checker
compares the metadata of both sides. DIR is the durable record of who may run the guest: whatever breaks, never both.

An ADDRESS is tcp:HOST:PORT, unix:PATH, exec:COMMAND, fd:N, or file:PATH, which keeps a plain stream of the paused guest.

The guest, on both sides:
  --machine NAME        its machine type; pc-2.2, as QEMU 5.2 has it, when left out
  --profile NAME        the build of QEMU whose version of it that is
  --capture STREAM      its devices and blocks are those of this stream; of a bare pc-2.2 when left out
${GUEST_HELP.replace("64M when left out", "64M, or as in --capture, when left out")}  --fill WITH           what memory holds that it never wrote to: zero or random; zero when left out
  --metadata FILE       its metadata; what vmstate dump prints when left out
  --no-metadata         nothing is compared

The source:
  --after MS            the guest runs so long before the move begins; 200 when left out
  --downtime-limit MS   longest pause; 300 when left out
  --max-bandwidth BYTES a second, which the move may use while the guest runs; as many as there are when left out
  --bandwidth BYTES     a line that takes no more in a second; each connection has its own
  --policy NAME         how the guest is slowed down: ${POLICY_NAMES.slice(0, -1).join(", ")} or ${POLICY_NAMES.at(-1)} (when left out)
  --xbzrle BYTES        keeps so many of pages that were sent, and sends what has changed
  --channels N          further connections that pages go over
  --postcopy-after MS   then the guest runs at the destination, and the rest of its memory follows
  --pause-before-switchover  waits before the guest is paused for good until SIGUSR2 comes
  --retries N           times that it connects again while the guest runs; 3 when left out
  --eager-cleanup       cleans up within the pause, to show what that costs

The destination:
  --exposed             other hosts may connect
  --verify              looks at every page of the guest once it has run here

Both:
  --timeout MS          how long the other side may be silent; 10000 when left out
  --tls-ca FILE --tls-cert FILE --tls-key FILE [--tls-peer NAME]
                        PEM files: both sides show who they are
  --json                events as JSON lines (FORMAT.md, Events of a move), of which the last is the outcome

A broken hand-over:
  --resolve             has one side run the guest, by the records of both; may be called as often as wanted
  --other-side-is-dead  of one record alone: your word for it that the other side's process is gone

An interrupt cancels: the guest goes on at the source. SIGUSR1 has a source print how far it is, as QEMU's query-migrate does.

Exit status: 0 moved, arrived, or resolved, 1 not, and why, 2 usage, 3 a capture, metadata, certificate or record cannot be read.

  vmstate migrate --listen unix:/tmp/vm --record arrived --verify &
  vmstate migrate --to unix:/tmp/vm --record left --workload zipf --rate 20000
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, OPTIONS);
    if (positionals[0] !== undefined) throw new UsageError(`'${positionals[0]}' is not asked for.`);
    const role = roleOf(values);
    if (role === "resolve") return runResolve(values, io);
    const address = (role === "source" ? values.to : values.listen) as string;
    if (isFile(address)) return role === "source" ? saveFile(address, values, io) : loadFile(address, values, io);
    return role === "source" ? runSource(address, values, io) : runDestination(address, values, io);
  },
};

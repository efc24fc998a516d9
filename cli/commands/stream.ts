import { type Command, EXIT, type Io, UsageError } from "../command.ts";
import { runCommand } from "../run-command.ts";
import { showSchemaErrors } from "../schema-errors.ts";

/** What can be done with a stream, in the order of the help text; each is loaded only when it runs. */
const ACTIONS: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>> = {
  info: { summary: "what a stream holds, and what is big", load: async () => (await import("../stream/info.ts")).command },
  verify: { summary: "what is wrong with a stream, and where", load: async () => (await import("../stream/verify.ts")).command },
  decode: { summary: "a stream as JSON, nothing lost", load: async () => (await import("../stream/decode.ts")).command },
  encode: { summary: "a stream from what decode printed", load: async () => (await import("../stream/encode.ts")).command },
  diff: { summary: "what differs between two streams, field by field", load: async () => (await import("../stream/diff.ts")).command },
  rewrite: { summary: "a stream again, with some edits", load: async () => (await import("../stream/rewrite.ts")).command },
  extract: { summary: "the guest's memory, as files", load: async () => (await import("../stream/extract.ts")).command },
};

const WIDTH = Math.max(...Object.keys(ACTIONS).map((name) => name.length));

export const command: Command = {
  summary: "real migration streams: read, verify, compare, rewrite",
  help: `usage: vmstate stream ACTION [OPTION…] …

${Object.entries(ACTIONS)
  .map(([name, { summary }]) => `  ${name.padEnd(WIDTH)}  ${summary}`)
  .join("\n")}

vmstate stream ACTION --help explains one. A stream is a file, plain or gzip, or - for standard input.
`,
  hasActions: true,
  run: async ([name, ...args], io) => {
    if (name === undefined) throw new UsageError(`An action is missing: ${Object.keys(ACTIONS).join(", ")}.`);
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined) throw new UsageError(`There is no action '${name}'; there are ${Object.keys(ACTIONS).join(", ")}.`);
    const { run, ...loaded } = await action.load();
    return runCommand(`stream ${name}`, { ...loaded, run: (rest) => showingSchemaErrors(() => run(rest, io), io) }, args, io);
  },
};

/** Descriptors, which a machine type may be taken from, are refused as vmstate compile refuses them. */
async function showingSchemaErrors(work: () => Promise<number> | number, io: Io): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!showSchemaErrors(error, io)) throw error;
    return EXIT.findings;
  }
}

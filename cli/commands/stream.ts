import { type Command, UsageError } from "../command.ts";
import { runCommand } from "../run-command.ts";

/** What can be done with a stream, in the order of the help text; each is loaded only when it runs. */
const ACTIONS: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>> = {
  info: { summary: "what a stream holds, and what is big", load: async () => (await import("../stream/info.ts")).command },
  verify: { summary: "what is wrong with a stream, and where", load: async () => (await import("../stream/verify.ts")).command },
  decode: { summary: "a stream as JSON, nothing lost", load: async () => (await import("../stream/decode.ts")).command },
  encode: { summary: "a stream from what decode printed", load: async () => (await import("../stream/encode.ts")).command },
};

const WIDTH = Math.max(...Object.keys(ACTIONS).map((name) => name.length));

const HELP = `usage: vmstate stream ACTION [OPTION…] …

${Object.entries(ACTIONS)
  .map(([name, { summary }]) => `  ${name.padEnd(WIDTH)}  ${summary}`)
  .join("\n")}

vmstate stream ACTION --help explains one. A stream is a file, plain or gzip, or - for standard input.
`;

export const command: Command = {
  summary: "real migration streams: read, verify, compare, rewrite",
  help: HELP,
  helpWith: async ([name = ""]) => (Object.hasOwn(ACTIONS, name) ? ((await ACTIONS[name]?.load())?.help ?? HELP) : HELP),
  run: async ([name, ...args], io) => {
    if (name === undefined) throw new UsageError(`An action is missing: ${Object.keys(ACTIONS).join(", ")}.`);
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined) throw new UsageError(`There is no action '${name}'; there are ${Object.keys(ACTIONS).join(", ")}.`);
    return runCommand(`stream ${name}`, await action.load(), args, io);
  },
};

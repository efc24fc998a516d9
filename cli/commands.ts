import type { Command } from "./command.ts";
import { UsageError } from "./command.ts";

interface Entry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command in the order of the help text; each is loaded only when it runs, so that the check starts fast. */
export const COMMANDS: readonly Entry[] = [
  {
    name: "check",
    summary: "compare the state metadata of two builds, both directions",
    load: async () => (await import("./commands/check.ts")).command,
  },
  {
    name: "matrix",
    summary: "N x N verdicts over stored metadata, with a support policy",
    load: async () => (await import("./commands/matrix.ts")).command,
  },
  {
    name: "lint",
    summary: "what one metadata file alone shows to be wrong",
    load: async () => (await import("./commands/lint.ts")).command,
  },
  { name: "rules", summary: "the catalogue of rules", load: async () => (await import("./commands/rules.ts")).command },
  {
    name: "explain",
    summary: "one rule with its example, or the suspects for a failed load's log",
    load: async () => (await import("./commands/explain.ts")).command,
  },
  {
    name: "compile",
    summary: "descriptors to codecs, types, JSON Schemas and metadata",
    load: async () => (await import("./commands/compile.ts")).command,
  },
  {
    name: "dump",
    summary: "the metadata of descriptors, for vmstate-check",
    load: async () => (await import("./commands/dump.ts")).command,
  },
  {
    name: "import",
    summary: "descriptors from the metadata of real builds and streams",
    load: async () => (await import("./commands/import.ts")).command,
  },
  {
    name: "stream",
    summary: "real migration streams: read, verify, compare, rewrite",
    load: async () => (await import("./commands/stream.ts")).command,
  },
  {
    name: "dirty-log",
    summary: "which pages a guest writes to and when, in a file",
    load: async () => (await import("./commands/dirty-log.ts")).command,
  },
  {
    name: "predict",
    summary: "how long a migration will take, and whether it ends, from a dirty log",
    load: async () => (await import("./commands/predict.ts")).command,
  },
  {
    name: "migrate",
    summary: "move a running guest between two processes, and see where its pause goes",
    load: async () => (await import("./engine.ts")).migrate,
  },
  {
    name: "state-loop",
    summary: "save, reset and load devices over and over: what is lost on the way",
    load: async () => (await import("./engine.ts")).stateLoop,
  },
  { name: "schema", summary: "print a published JSON Schema", load: async () => (await import("./commands/schema.ts")).command },
];

export async function findCommand(name: string): Promise<Command> {
  const entry = COMMANDS.find((each) => each.name === name);
  if (entry !== undefined) return entry.load();
  const { nearest } = await import("../compiler/check/policy/nearest.ts");
  const known = COMMANDS.map((each) => each.name);
  const close = nearest(name, known);
  throw new UsageError(
    `There is no command '${name}'${close === undefined ? `; the commands are ${known.join(", ")}` : `; did you mean '${close}'?`}`,
  );
}

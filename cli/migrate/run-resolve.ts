import { InputError } from "../../compiler/describe/input-error.ts";
import { SYSTEM_CLOCK } from "../../runtime/migration/clock.ts";
import { RecordError } from "../../runtime/migration/hand-over/record-error.ts";
import { type Resolved, type ResolveOptions, resolve } from "../../runtime/migration/hand-over/run-resolve.ts";
import { EXIT, type Io, UsageError } from "../command.ts";
import { timeoutOf, type Values } from "./options.ts";

/** Gives the guest to one side, by the records of both. Throws UsageError, and InputError for what is no record. */
export async function runResolve(values: Values, io: Io): Promise<number> {
  const resolved = await read({ ...sidesOf(values), clock: SYSTEM_CLOCK, timeout: timeoutOf(values) });
  const { outcome, sentence, steps, source, destination } = resolved;
  if (values.json === true) {
    const states = { source: source?.state, destination: destination?.state };
    io.out(`${JSON.stringify({ schema: "vmstate-resolved/1", outcome, sentence, steps, states }, undefined, 2)}\n`);
  } else for (const line of [...steps, sentence]) io.out(`${line}\n`);
  return outcome === "source" || outcome === "destination" ? EXIT.ok : EXIT.findings;
}

function sidesOf(values: Values): Pick<ResolveOptions, "source" | "destination" | "dead"> {
  const { source, destination } = values;
  const sides = { ...(source === undefined ? {} : { source }), ...(destination === undefined ? {} : { destination }) };
  const isDead = values["other-side-is-dead"] === true;
  if (source === undefined && destination === undefined) throw new UsageError("--source DIR and --destination DIR are missing.");
  const isOne = source === undefined || destination === undefined;
  if (isOne && !isDead)
    throw new UsageError(`--${source === undefined ? "source" : "destination"} DIR is missing; without it, say --other-side-is-dead.`);
  if (!isOne && isDead) throw new UsageError("--other-side-is-dead is for the record of one side, without the other's.");
  return isOne ? { ...sides, dead: source === undefined ? "source" : "destination" } : sides;
}

async function read(options: ResolveOptions): Promise<Resolved> {
  try {
    return await resolve(options);
  } catch (error) {
    if (error instanceof RecordError) throw new InputError(error.code.toUpperCase(), error.path, error.message);
    throw error;
  }
}

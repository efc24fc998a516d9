import { compare, NO_SCOPE } from "../../compiler/check/compare.ts";
import { type CountedDirection, exitStatus, type FailOn } from "../../compiler/check/policy/fail-on.ts";
import { findProfile, PROFILES } from "../../compiler/check/policy/profiles.ts";
import { resolveSettings, type Settings } from "../../compiler/check/policy/settings.ts";
import { FORMATS, type Format, type RenderOptions } from "../../compiler/check/render/format.ts";
import { renderText } from "../../compiler/check/render/text.ts";
import type { Report } from "../../compiler/check/report.ts";
import { type Metadata, readMetadataPair } from "../../compiler/describe/index.ts";
import { finish } from "../check-finish.ts";
import { prepareScope } from "../check-scope.ts";
import { loadConfig } from "../check-settings.ts";
import { type Command, EXIT, type Io, UsageError } from "../command.ts";
import { byteCount, oneOf, parseOptions } from "../options.ts";
import { help } from "./check-help.ts";

const OPTIONS = {
  vm: { type: "string" },
  direction: { type: "string" },
  "fail-on": { type: "string", multiple: true },
  format: { type: "string" },
  json: { type: "boolean" },
  machine: { type: "string" },
  config: { type: "string" },
  profile: { type: "string" },
  baseline: { type: "string" },
  "update-baseline": { type: "string" },
  renames: { type: "string", multiple: true },
  "old-props": { type: "string" },
  "new-props": { type: "string" },
  "strict-suppressions": { type: "boolean" },
  "max-input": { type: "string" },
  today: { type: "string" },
  raw: { type: "boolean" },
  verbose: { type: "boolean", short: "v" },
  color: { type: "string" },
} as const;

const DIRECTIONS: readonly CountedDirection[] = ["forward", "backward", "both"];
const FAIL_ON: readonly FailOn[] = ["error", "warning", "info", "undecided", "never"];

export const command: Command = {
  summary: "compare the state metadata of two builds, both directions",
  help,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, OPTIONS);
    const [oldPath, newPath, ...rest] = positionals;
    if (oldPath === undefined || newPath === undefined || rest.length > 0)
      throw new UsageError("Two files are wanted: the old build's metadata and the new build's.");
    if (oldPath === "-" && newPath === "-") throw new UsageError("Standard input can be read once only.");
    const format: Format = oneOf("format", values.format, FORMATS) ?? (values.json === true ? "json" : "text");
    const colour = wantsColour(oneOf("color", values.color, ["auto", "always", "never"] as const) ?? "auto", io);
    const settings = await settingsOf(values, io);
    const files = readMetadataPair(oldPath, newPath, settings);
    if (values.raw === true) return showRaw(files.old, files.new, colour, io);
    const { old, new: new_ } = values.machine === undefined ? files : await asMachine(values.machine, files, io);
    const scope = settings.vm === undefined ? NO_SCOPE : await prepareScope(settings.vm, settings.maxInput);
    const compared = compare(old, new_, { scope });
    const { report, notices, knownOpaque } = await finish(compared, {
      settings,
      old,
      new: new_,
      today: today(values.today),
      updateBaseline: values["update-baseline"],
      compatProps: { old: values["old-props"], new: values["new-props"] },
    });
    for (const { text } of notices) io.err(`note: ${text}\n`);
    io.out(
      await shown(report, format, {
        colour,
        columns: Math.max(40, io.columns),
        direction: settings.direction,
        verbose: values.verbose === true,
      }),
    );
    return exitStatus(report, { ...settings, notices, knownOpaque });
  },
};

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>["values"];

async function settingsOf(values: Values, io: Io): Promise<Settings> {
  const config = await loadConfig(values.config, io);
  const name = values.profile ?? config?.profile;
  const profile = name === undefined ? undefined : findProfile(name);
  if (name !== undefined && profile === undefined)
    throw new UsageError(`There is no profile '${name}'; the profiles are ${PROFILES.map((each) => each.name).join(", ")}.`);
  const failOn = values["fail-on"]?.flatMap((each) => each.split(",")).map((each) => oneOf("fail-on", each, FAIL_ON) as FailOn);
  return resolveSettings(
    {
      direction: oneOf("direction", values.direction, DIRECTIONS),
      failOn,
      strictSuppressions: values["strict-suppressions"],
      baseline: values.baseline,
      vm: values.vm,
      renames: values.renames,
      maxInput: byteCount("max-input", values["max-input"]),
    },
    config,
    profile,
  );
}

/** Text, the format of nearly every run, is at hand; the others are loaded. */
async function shown(report: Report, format: Format, options: RenderOptions): Promise<string> {
  if (format === "text") return renderText(report, options);
  const { render } = await import("../../compiler/check/render/index.ts");
  return render(report, format, options);
}

async function asMachine(machine: string, files: { old: Metadata; new: Metadata }, io: Io): Promise<{ old: Metadata; new: Metadata }> {
  const { joinMachine } = await import("../check-machine.ts");
  const joined = await joinMachine(machine, files.old, files.new);
  io.err(`note: ${joined.note}\n`);
  return joined;
}

async function showRaw(old: Metadata, new_: Metadata, colour: boolean, io: Io): Promise<number> {
  const { rawDiff } = await import("../../compiler/check/raw-diff/raw-diff.ts");
  io.out(await rawDiff(old, new_, { colour }));
  return EXIT.ok;
}

/** NO_COLOR is honoured as users of other tools expect (no-color.org). */
function wantsColour(choice: "auto" | "always" | "never", io: Io): boolean {
  if (choice !== "auto") return choice === "always";
  return io.isTerminal && (io.env.NO_COLOR ?? "") === "" && io.env.TERM !== "dumb";
}

/** The clock is read only when the date is wanted: to set it up takes a quarter of a millisecond. */
function today(given: string | undefined): () => string {
  if (given === undefined) return () => new Date().toISOString().slice(0, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(given)) throw new UsageError(`--today takes a date such as 2027-06-30, not '${given}'.`);
  return () => given;
}

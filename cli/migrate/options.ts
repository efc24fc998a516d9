import { POLICIES, type PolicyName } from "../../runtime/migration/convergence/policies.ts";
import { DEFAULTS, type Parameters } from "../../runtime/migration/parameters.ts";
import { UsageError } from "../command.ts";
import { GUEST } from "../dirty-log/guest.ts";
import { wholeNumber } from "../dirty-log/numbers.ts";
import { byteCount, oneOf, type parseOptions } from "../options.ts";

export const OPTIONS = {
  ...GUEST,
  to: { type: "string" },
  listen: { type: "string" },
  resolve: { type: "boolean" },
  record: { type: "string" },
  source: { type: "string" },
  destination: { type: "string" },
  "other-side-is-dead": { type: "boolean" },
  machine: { type: "string" },
  profile: { type: "string" },
  capture: { type: "string" },
  fill: { type: "string" },
  after: { type: "string" },
  verify: { type: "boolean" },
  "downtime-limit": { type: "string" },
  "max-bandwidth": { type: "string" },
  bandwidth: { type: "string" },
  policy: { type: "string" },
  xbzrle: { type: "string" },
  channels: { type: "string" },
  "postcopy-after": { type: "string" },
  "pause-before-switchover": { type: "boolean" },
  timeout: { type: "string" },
  retries: { type: "string" },
  "eager-cleanup": { type: "boolean" },
  metadata: { type: "string" },
  "no-metadata": { type: "boolean" },
  exposed: { type: "boolean" },
  "tls-ca": { type: "string" },
  "tls-cert": { type: "string" },
  "tls-key": { type: "string" },
  "tls-peer": { type: "string" },
  json: { type: "boolean" },
} as const;

export type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>["values"];

/** Who does what: each takes the options of its own, and those that both sides have. */
export type Role = "source" | "destination" | "resolve";

const OF_BOTH = ["record", "machine", "profile", "capture", "fill", ...Object.keys(GUEST), "timeout", "metadata", "no-metadata", "json"];
const OF_TLS = ["tls-ca", "tls-cert", "tls-key", "tls-peer"];

const TAKEN: Readonly<Record<Role, readonly string[]>> = {
  source: [
    ...["to", "after", "downtime-limit", "max-bandwidth", "bandwidth", "policy", "xbzrle", "channels", "postcopy-after"],
    ...["pause-before-switchover", "retries", "eager-cleanup", ...OF_BOTH, ...OF_TLS],
  ],
  destination: ["listen", "exposed", "verify", ...OF_BOTH, ...OF_TLS],
  resolve: ["resolve", "source", "destination", "other-side-is-dead", "timeout", "json"],
};

/** Throws UsageError for options that do not go together. */
export function roleOf(values: Values): Role {
  const roles = (["to", "listen", "resolve"] as const).filter((name) => values[name] !== undefined);
  if (roles.length !== 1)
    throw new UsageError(
      roles.length === 0
        ? "--to ADDRESS, --listen ADDRESS or --resolve is missing."
        : `--${roles.join(" and --")} do not go together: a process is one side of a move.`,
    );
  const role = ({ to: "source", listen: "destination", resolve: "resolve" } as const)[roles[0] as "to" | "listen" | "resolve"];
  const other = Object.keys(values).find((name) => !TAKEN[role].includes(name));
  if (other !== undefined) throw new UsageError(`--${other} is not for --${roles[0]}.`);
  return role;
}

/** Throws UsageError. */
export function recordOf({ record }: Values): string {
  if (record === undefined) throw new UsageError("--record DIR is missing: it says who may run the guest, whatever happens.");
  return record;
}

/** Ms that a side waits for a word of the other. Throws UsageError. */
export function timeoutOf({ timeout }: Values): number {
  return wholeNumber("timeout", timeout, 1, 1e9) ?? DEFAULTS.timeout;
}

/** Throws UsageError. */
export function parametersOf(values: Values): Parameters {
  return {
    ...DEFAULTS,
    downtimeLimit: wholeNumber("downtime-limit", values["downtime-limit"], 1, 1e9) ?? DEFAULTS.downtimeLimit,
    maxBandwidth: byteCount("max-bandwidth", values["max-bandwidth"]) ?? DEFAULTS.maxBandwidth,
    xbzrleCacheSize: byteCount("xbzrle", values.xbzrle) ?? DEFAULTS.xbzrleCacheSize,
    channels: wholeNumber("channels", values.channels, 0, 255) ?? DEFAULTS.channels,
    postcopy: values["postcopy-after"] !== undefined,
    pauseBeforeSwitchover: values["pause-before-switchover"] === true,
    timeout: timeoutOf(values),
    retries: wholeNumber("retries", values.retries, 0, 1000) ?? DEFAULTS.retries,
    eagerCleanup: values["eager-cleanup"] === true,
  };
}

export const POLICY_NAMES = Object.keys(POLICIES) as PolicyName[];

/** Throws UsageError. */
export function policyOf({ policy }: Values): PolicyName {
  return oneOf("policy", policy, POLICY_NAMES) ?? "writer-limit";
}

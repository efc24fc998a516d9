import { DEFAULT_MAX_INPUT } from "../../describe/index.ts";
import type { Level } from "../rule.ts";
import type { Config } from "./config.ts";
import type { CountedDirection, FailOn } from "./fail-on.ts";
import type { Policy, RuleOverride } from "./policy.ts";
import type { Profile } from "./profiles.ts";

/** What the command line says; what it leaves out is absent or undefined. */
export interface CommandLine {
  readonly direction?: CountedDirection | undefined;
  readonly failOn?: FailOn | readonly FailOn[] | undefined;
  readonly rules?: Readonly<Record<string, Level>> | undefined;
  readonly strictSuppressions?: boolean | undefined;
  readonly baseline?: string | undefined;
  readonly vm?: string | undefined;
  readonly renames?: readonly string[] | undefined;
  readonly maxInput?: number | undefined;
}

/** Everything that a check needs to know beyond its two inputs. */
export interface Settings {
  readonly direction: CountedDirection;
  readonly failOn: readonly FailOn[];
  readonly strictSuppressions: boolean;
  readonly policy: Policy;
  readonly baseline: string | undefined;
  readonly vm: string | undefined;
  readonly renames: readonly string[];
  readonly maxInput: number;
}

/**
 * Joins what is set in several places. Each setting is taken from the first that has it: command line, configuration file, profile,
 * defaults. Levels are taken so rule by rule, an expired one giving way to the next; rename files add up.
 */
export function resolveSettings(cli: CommandLine, config: Config | undefined, profile: Profile | undefined): Settings {
  return {
    direction: cli.direction ?? config?.direction ?? profile?.direction ?? "forward",
    failOn: [cli.failOn ?? config?.failOn ?? profile?.failOn ?? "error"].flat(),
    strictSuppressions: cli.strictSuppressions ?? config?.strictSuppressions ?? false,
    policy: {
      overrides: [...levels(profile?.rules), ...(config?.rules ?? []), ...levels(cli.rules)],
      suppress: config?.suppress ?? [],
    },
    baseline: cli.baseline ?? config?.baseline,
    vm: cli.vm ?? config?.vm,
    renames: [...(config?.renames ?? []), ...(cli.renames ?? [])],
    maxInput: cli.maxInput ?? config?.maxInput ?? DEFAULT_MAX_INPUT,
  };
}

function levels(rules: Readonly<Record<string, Level>> = {}): RuleOverride[] {
  return Object.entries(rules).map(([rule, level]) => ({ rule, level }));
}

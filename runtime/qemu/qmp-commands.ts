// The commands that are used here, in QEMU's own spelling. What a build lacks of them it refuses at run time; that a name stands here
// says only that some build from 5.2 on has it.

/** Where a migration stands; `undefined` before the first one. */
export type MigrationStatus =
  | "none"
  | "setup"
  | "cancelling"
  | "cancelled"
  | "active"
  | "postcopy-active"
  | "postcopy-paused"
  | "postcopy-recover-setup"
  | "postcopy-recover"
  | "postcopy-device"
  | "completed"
  | "failing"
  | "failed"
  | "colo"
  | "pre-switchover"
  | "device"
  | "wait-unplug";

/** What `query-migrate` tells, as far as it is looked at. */
export interface MigrationInfo {
  readonly status?: MigrationStatus;
  readonly "error-desc"?: string;
  readonly "total-time"?: number;
  readonly downtime?: number;
  readonly ram?: {
    readonly transferred: number;
    readonly remaining: number;
    readonly "dirty-sync-count": number;
    readonly "postcopy-requests": number;
  };
  readonly "xbzrle-cache"?: { readonly pages: number };
}

export interface MigrationCapability {
  readonly capability: string;
  readonly state: boolean;
}

/** Parameters by QEMU's names; which there are depends on the build. */
export type MigrationParameters = Readonly<Record<string, string | number | boolean>>;

interface Job {
  readonly id: string;
  readonly status: string;
  readonly error?: string;
}

type Nothing = Readonly<Record<string, never>>;

/** From command to what it takes and what it gives. */
export interface QmpCommands {
  qmp_capabilities: { readonly takes: Nothing; readonly gives: Nothing };
  "query-status": { readonly takes: Nothing; readonly gives: { readonly status: string; readonly running: boolean } };
  "query-version": {
    readonly takes: Nothing;
    readonly gives: { readonly qemu: { readonly major: number; readonly minor: number; readonly micro: number }; readonly package: string };
  };
  "query-machines": { readonly takes: Nothing; readonly gives: readonly { readonly name: string; readonly alias?: string }[] };
  "query-migrate": { readonly takes: Nothing; readonly gives: MigrationInfo };
  "query-migrate-capabilities": { readonly takes: Nothing; readonly gives: readonly MigrationCapability[] };
  /** `resume` goes on with a post-copy that has lost its connection. */
  migrate: { readonly takes: { readonly uri: string; readonly resume?: boolean }; readonly gives: Nothing };
  /** The destination's side of `resume`. */
  "migrate-recover": { readonly takes: { readonly uri: string }; readonly gives: Nothing };
  "migrate-incoming": { readonly takes: { readonly uri: string }; readonly gives: Nothing };
  "migrate-start-postcopy": { readonly takes: Nothing; readonly gives: Nothing };
  "migrate-set-capabilities": { readonly takes: { readonly capabilities: readonly MigrationCapability[] }; readonly gives: Nothing };
  "migrate-set-parameters": { readonly takes: MigrationParameters; readonly gives: Nothing };
  cont: { readonly takes: Nothing; readonly gives: Nothing };
  stop: { readonly takes: Nothing; readonly gives: Nothing };
  quit: { readonly takes: Nothing; readonly gives: Nothing };
  "block-dirty-bitmap-add": {
    readonly takes: { readonly node: string; readonly name: string; readonly granularity?: number; readonly disabled?: boolean };
    readonly gives: Nothing;
  };
  "human-monitor-command": { readonly takes: { readonly "command-line": string }; readonly gives: string };
  "query-jobs": { readonly takes: Nothing; readonly gives: readonly Job[] };
}

export type QmpCommand = keyof QmpCommands;

/** What happens in QEMU by itself. */
export interface QmpEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly timestamp: { readonly seconds: number; readonly microseconds: number };
}

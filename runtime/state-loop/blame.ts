import type { JsonValue } from "../codec/v1.ts";
import type { Device } from "../guest/guest.ts";

/**
 * `lost`: the field is not what it was. `refused`: the load refused what the save wrote. `unsaved`: the save refused the state.
 * `left-over`: the load ended before the end of what the save wrote. `unsteady`: the same state was saved as other bytes.
 */
export type BlameCode = "lost" | "refused" | "unsaved" | "left-over" | "unsteady";

/** What a device lost on the way through its own save, reset and load. */
export interface Blame {
  readonly code: BlameCode;
  readonly device: string;
  readonly instance: number;
  /** As in the JSON form of a state; `version_id` for a version that is not taken, and empty where no field can be told. */
  readonly field: string;
  /** The first that showed it, from 1. */
  readonly iteration: number;
  /** In JSON; null where there is none. */
  readonly before: JsonValue;
  readonly after: JsonValue;
  /** The reset left the field as it was, so that whoever only compares would have seen nothing. */
  readonly hiddenByReset: boolean;
  /** One sentence. */
  readonly message: string;
}

type Facts = Partial<Pick<Blame, "field" | "before" | "after" | "hiddenByReset">>;

export function blame(code: BlameCode, device: Device, iteration: number, facts: Facts, message: string): Blame {
  const { name, instance } = device;
  return { code, device: name, instance, field: "", iteration, before: null, after: null, hiddenByReset: false, ...facts, message };
}

/** `i8259#1/irr`; the instance only where it is not 0. */
export function placeOf({ device, instance, field }: Pick<Blame, "device" | "instance" | "field">): string {
  return `${device}${instance === 0 ? "" : `#${instance}`}${field === "" ? "" : `/${field}`}`;
}

import type { Field } from "../describe/index.ts";
import type { Family } from "./family.ts";
import type { Slot } from "./slots.ts";

/** All that is known of one vmsd. */
export interface VmsdFacts {
  readonly family: Family;
  readonly name: string;
  /** Its own body first, then its subsections at every depth, each behind the one around it. */
  readonly bodies: readonly BodyFacts[];
}

export interface BodyFacts {
  readonly name: string;
  readonly isMain: boolean;
  /** The subsection around. */
  readonly of: string | undefined;
  /** The newest that any input has. */
  readonly versionId: number;
  /** Undefined where no dump has it: streams do not tell. */
  readonly minimumVersionId: number | undefined;
  /** The oldest that any input has. */
  readonly oldestVersionId: number;
  readonly fields: readonly FieldFacts[];
  /** Where dumps disagree about the whole of it, as sentences. */
  readonly notes: readonly string[];
  /** Dumps that describe it. */
  readonly dumps: readonly number[];
  /** Whether any stream had it. */
  readonly wasSent: boolean;
}

export interface FieldFacts {
  readonly slot: Slot;
  /** What the newest dump that has it says. */
  readonly dumped: Field | undefined;
  /** What streams sent, a device at a time. */
  readonly seen: readonly Seen[];
  /** Devices that sent the body around without it, at a version that has it. */
  readonly unseen: readonly Sent[];
  /** The first version of the body that has it. */
  readonly since: number;
  /** Whether something other than the version decides if it is there. */
  readonly presence: "always" | "conditional" | "someBuilds";
  /** Whether the newest build has it. */
  readonly isCurrent: boolean;
  readonly inner: Family | undefined;
  /** What older builds call it, as far as their layout is the same. */
  readonly formerly: readonly string[];
  /** Where builds disagree, as sentences. */
  readonly notes: readonly string[];
}

/** A body as one device sent it. */
export interface Sent {
  /** Which of all. */
  readonly device: number;
  /** The section that it was sent in. */
  readonly section: Family;
}

/** One field as one device sent it, its elements together. */
export interface Seen extends Sent {
  readonly type: string;
  readonly count: number;
  /** Wire bytes of one element; of the first where they are not alike. */
  readonly size: number;
  /** Version of the vmsd within. */
  readonly innerVersion: number | undefined;
}

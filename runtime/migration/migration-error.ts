export type Role = "source" | "destination";

/** One sentence each, in the phase's own words. */
export type MigrationCode =
  | "incompatible"
  | "wrong-machine"
  | "wrong-block"
  | "bad-message"
  | "timeout"
  | "connection"
  /** The other side does not show who it is, or nobody is there who might. */
  | "untrusted"
  | "stream"
  | "device"
  | "cancelled"
  | "refused-by-peer"
  | "record"
  | "in-doubt"
  | "lost";

/** Why a move did not come to its end. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
  readonly code: MigrationCode;
  readonly role: Role;
  readonly phase: string;
  /** Section and field where it is about one: `e1000/mac_reg`; empty otherwise. */
  readonly path: string;

  constructor(code: MigrationCode, role: Role, phase: string, path: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.role = role;
    this.phase = phase;
    this.path = path;
  }
}

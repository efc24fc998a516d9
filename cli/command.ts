/** What a command may touch of the world; tests hand in their own. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly isTerminal: boolean;
  /** Whether standard error is a terminal, where long work may say how far it is. */
  readonly showsProgress?: boolean;
  /** Width of the terminal in columns; 80 where there is none. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The exit statuses of every command; never a count. */
export const EXIT = { ok: 0, findings: 1, usage: 2, input: 3, internal: 4 } as const;

export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole help text, which begins with a usage line. */
  readonly help: string;
  /** True when the first argument names one of several actions, each with a help text of its own. */
  readonly hasActions?: boolean;
  /** Resolves to an exit status. Throws UsageError, ConfigError or InputError for what the user can mend. */
  readonly run: (args: readonly string[], io: Io) => Promise<number> | number;
}

/** Words on the command line that cannot be taken; exit status 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "USAGE";
}

/** The world did not let a command end its work: a full disk, a reader that is gone; exit status 1. */
export class WorkError extends Error {
  override readonly name = "WorkError";
  readonly code = "WORK";
}

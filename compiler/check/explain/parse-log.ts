import { LOG_MESSAGES, type LogMessageKind } from "./log-messages.ts";

/** One line of a log that the catalogue knows. */
export interface LoggedMessage {
  readonly line: number;
  /** Without time stamp and program name. */
  readonly text: string;
  readonly kind: LogMessageKind;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/** A loader's message is short; what is longer is cut, so that no pattern can be kept busy. */
const LONGEST = 400;
const PROGRAM = /^(?:.*?\s)?(?:\S*\/)?(?:qemu[\w.+-]*|kvm)(?:\[\d+\])?:\s+/i;

/** The messages of a destination's log in its order; one that is repeated word by word counts once. */
export function parseLog(log: string): LoggedMessage[] {
  const found = new Map<string, LoggedMessage>();
  log.split(/\r?\n/).forEach((raw, index) => {
    const text = stripProgram(raw.slice(0, LONGEST));
    const message = parseMessage(text);
    if (message !== undefined && !found.has(text)) found.set(text, { line: index + 1, text, ...message });
  });
  return [...found.values()];
}

/** What kind of message a text without prefix is; undefined when the catalogue does not know it. */
export function parseMessage(text: string): Pick<LoggedMessage, "kind" | "groups"> | undefined {
  for (const kind of LOG_MESSAGES) {
    const match = kind.pattern.exec(text);
    if (match !== null) return { kind, groups: match.groups ?? {} };
  }
  return undefined;
}

function stripProgram(line: string): string {
  let text = line.trim();
  for (let next = text.replace(PROGRAM, ""); next !== text; next = text.replace(PROGRAM, "")) text = next;
  return text;
}

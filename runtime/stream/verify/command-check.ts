import { COMMANDS } from "../format.ts";
import type { CommandItem, RamBlockItem } from "../item.ts";
import { latin1 } from "../window.ts";
import type { Findings } from "./findings.ts";

/** Most ranges of pages that one command discards. */
const MOST_RANGES = 12;
const RANGE = 16;

/** Holds what a command carries against its form. FORMAT.md, commands. */
export function checkCommand({ at, command, payload }: CommandItem, blocks: ReadonlyMap<string, RamBlockItem>, findings: Findings): void {
  const name = COMMANDS[command]?.name ?? "";
  // Type, number and length stand before it.
  const start = at + 5;
  const wrong = (code: "unknown-command" | "bad-length" | "unknown-block" | "outside-block", place: number, message: string): void =>
    findings.error(code, place, `command/${name}`, message);
  switch (name) {
    case "invalid":
      wrong("unknown-command", at + 1, "The stream has the command 0, which no sender writes.");
      return;
    case "postcopy-advise":
      if (payload.length !== 0 && payload.length !== 16)
        wrong("bad-length", at + 3, `The command ${name} has ${payload.length} bytes instead of none or 16.`);
      return;
    case "recv-bitmap":
      if (payload.length === 0 || payload[0] !== payload.length - 1)
        wrong("bad-length", at + 3, `The command ${name} has ${payload.length} bytes, which its block's name does not fill.`);
      return;
    case "postcopy-ram-discard":
      checkDiscard(payload, blocks, (code, place, message) => wrong(code, start + place, message));
  }
}

type Wrong = (code: "bad-length" | "unknown-block" | "outside-block", place: number, message: string) => void;

/** A version, a counted name, a zero, and ranges of the block's bytes. */
function checkDiscard(payload: Uint8Array, blocks: ReadonlyMap<string, RamBlockItem>, wrong: Wrong): void {
  const ranges = 3 + (payload[1] ?? 0);
  const count = (payload.length - ranges) / RANGE;
  if (!Number.isInteger(count) || count < 1 || count > MOST_RANGES) {
    wrong("bad-length", 0, `A command that discards pages has ${payload.length} bytes, which are no 1 to ${MOST_RANGES} ranges.`);
    return;
  }
  const name = latin1(payload, 2, ranges - 1);
  const block = blocks.get(name);
  if (block === undefined) wrong("unknown-block", 1, `Pages are discarded of the block ${JSON.stringify(name)}, which is not listed.`);
  const view = new DataView(payload.buffer, payload.byteOffset);
  for (let at = ranges; at < payload.length && block !== undefined; at += RANGE)
    if (view.getBigUint64(at) + view.getBigUint64(at + 8) > BigInt(block.length))
      wrong("outside-block", at, `Pages are discarded outside the block '${name}', which has ${block.length} bytes.`);
}

import { COMMANDS } from "../format.ts";
import { type Context, report } from "./context.ts";

/** Reads a command, and what it says of the stream behind it. FORMAT.md, commands. */
export function readCommand(c: Context): void {
  const { window } = c;
  const at = window.offset;
  window.u8();
  const command = window.be16();
  const length = window.be16();
  const payload = new Uint8Array(window.take(length));
  const known = COMMANDS[command];
  if (known === undefined) report(c, "unknown-command", at + 1, "command", `The stream has the command ${command}, which does not exist.`);
  else if (known.length !== undefined && known.length !== length)
    report(c, "bad-length", at + 3, `command/${known.name}`, `The command ${known.name} has ${length} bytes instead of ${known.length}.`);
  c.sink.item({ item: "command", at, bytes: window.offset - at, command, payload });
  const view = new DataView(payload.buffer);
  if (known?.name === "packaged" && length === 4) c.packageEnd = window.offset + view.getUint32(0);
  if (known?.name === "postcopy-advise" && length === 16) c.hugePages = view.getBigUint64(0);
  window.commit();
}

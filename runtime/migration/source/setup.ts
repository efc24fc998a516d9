import { writeCommand, writeHead, writePing, writeRamStart } from "../stream-parts.ts";
import { changeStatus, connectionOf, type SourceContext } from "./context.ts";

const OPEN_RETURN_PATH = 1;
const POSTCOPY_ADVISE = 3;

/** Begins the stream, and the log of what the guest writes to; from here on all of its memory is to be sent. */
export async function setup(c: SourceContext): Promise<void> {
  changeStatus(c, "setup");
  const { outgoing } = connectionOf(c);
  const { out } = outgoing;
  const { blocks, machine } = c.guest;
  writeHead(out, machine.name, machine.container);
  writeCommand(out, OPEN_RETURN_PATH);
  writePing(out, 1);
  if (c.parameters.postcopy) writeAdvice(c);
  writeRamStart(out, blocks, machine.container);
  c.pages.begin();
  c.pages.channels = c.channels;
  if (c.isFirst) {
    c.guest.startDirtyLog();
    c.dirty.addAll();
    c.ram["dirty-sync-count"] = 1;
    c.isFirst = false;
    c.events?.({ event: "MIGRATION_PASS", pass: 1, remaining: c.ram.total, dirtyPages: c.dirty.count });
  } else c.unacknowledged.giveBack(c.dirty);
  await outgoing.flush();
}

function writeAdvice(c: SourceContext): void {
  const payload = new DataView(new ArrayBuffer(16));
  const sizes = c.guest.blocks.reduce((all, { pageSize }) => all | BigInt(pageSize), 0n);
  payload.setBigUint64(0, sizes);
  payload.setBigUint64(8, BigInt(c.ram["page-size"]));
  writeCommand(connectionOf(c).outgoing.out, POSTCOPY_ADVISE, new Uint8Array(payload.buffer));
}

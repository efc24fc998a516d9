import { bitmapOf } from "../dirty-pages.ts";
import { WAITING } from "../ledger.ts";
import { writeDevice, writeEof, writePing } from "../stream-parts.ts";
import { changeStatus, check, connectionOf, type SourceContext, sentBytes } from "./context.ts";
import { writeRest } from "./send-ram.ts";

/** Pauses the guest. From here on every ms is one that it stands still. */
export async function switchover(c: SourceContext): Promise<void> {
  c.ledger.enter("pause");
  c.pausing = c.guest.pause();
  await c.pausing;
  c.events?.({ event: "STOP" });
  check(c);
  if (c.parameters.pauseBeforeSwitchover) {
    c.ledger.enter("pre-switchover");
    changeStatus(c, "pre-switchover");
    await waitForGo(c);
    check(c);
  }
  changeStatus(c, "device");
  c.ledger.enter("sync");
  const found = c.guest.blocks.map(bitmapOf);
  c.guest.syncDirty(found);
  c.dirty.add(found);
  c.ram["dirty-sync-count"]++;
}

/** Sends what is left of the memory, then the devices. */
export async function complete(c: SourceContext): Promise<void> {
  const { outgoing } = connectionOf(c);
  const { out } = outgoing;
  const { devices, machine } = c.guest;
  const before = sentBytes(c);
  c.ledger.enter("ram");
  await writeRest(c);
  if (c.parameters.eagerCleanup) {
    // Before the devices: behind them the destination would not wait for it.
    c.ledger.enter("clean-up");
    await c.cleanUp();
  }
  for (const device of devices) {
    c.ledger.enter("save", device.name);
    writeDevice(out, device, machine.container);
  }
  writeEof(out);
  c.ledger.enter("flush");
  await outgoing.flush();
  // Added, as a connection that broke has carried some of it too.
  c.ram["downtime-bytes"] += sentBytes(c) - before;
  c.ram.transferred += sentBytes(c) - before;
  c.ram.remaining = 0;
  c.ledger.enter(WAITING);
  check(c);
}

/** The destination hears of a source that only waits. */
async function waitForGo(c: SourceContext): Promise<void> {
  const { outgoing } = connectionOf(c);
  let callOff = (): void => {};
  const beat = (): void => {
    writePing(outgoing.out, 1);
    outgoing.out.flush();
    callOff = c.clock.after(c.parameters.timeout / 4, beat);
  };
  beat();
  await c.goOn;
  callOff();
}

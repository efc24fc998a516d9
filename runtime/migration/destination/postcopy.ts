import type { RamBlock } from "../../guest/guest.ts";
import type { Out } from "../../stream/out.ts";
import { type AddressRange, COMMAND_FIELDS, decodePayload } from "../../stream/payload-fields.ts";
import { MigrationError } from "../migration-error.ts";
import { writeReceived, writeRequest } from "../return-path.ts";
import type { DestinationContext } from "./context.ts";

/** Pages that came and are old: the guest wrote to them since. */
export function discard({ ram }: DestinationContext, payload: Uint8Array): void {
  const fields = COMMAND_FIELDS.get("postcopy-ram-discard") ?? [];
  const decoded = decodePayload(fields, payload) as { readonly block: string; readonly ranges: readonly AddressRange[] } | undefined;
  if (decoded === undefined)
    throw new MigrationError("stream", "destination", "load", "ram", "A command to discard pages is not its fields.");
  for (const { start, length } of decoded.ranges) ram.forget(decoded.block, start, length);
}

/** All but a part of the memory has come. From here on a thread that touches a page of that part waits, and the source is asked for the page. */
export async function runWithoutRest(c: DestinationContext): Promise<void> {
  const { guest, ram, ledger, waitedFor } = c;
  const { postcopy } = guest;
  if (postcopy === undefined)
    throw new MigrationError("incompatible", "destination", "load", "", "The machine here cannot run without a part of its memory.");
  postcopy.start(
    guest.blocks.map(({ id }) => ram.missing(id)),
    (block, page) => request(c, block, page),
  );
  ram.placed = (block, page) => {
    waitedFor[block]?.delete(page);
    postcopy.placed(block, page);
  };
  ledger.enter("record");
  await c.handOver?.post({ on: "loaded", isPostcopy: true });
}

/** The source has sent all that it had. Throws MigrationError when that is not all; on another connection the rest may come. */
export async function end({ guest, ram, handOver }: DestinationContext): Promise<void> {
  const { missingPages } = ram;
  if (missingPages > 0)
    throw new MigrationError("stream", "destination", "load", "ram", `The stream has ended, and ${missingPages} pages have not come.`);
  guest.postcopy?.end();
  await handOver?.post({ on: "complete" });
}

/** While there is no connection nothing can be asked: whoever makes one asks for all that is waited for. */
function request(c: DestinationContext, block: number, page: number): void {
  const { connection, guest } = c;
  c.waitedFor[block]?.add(page);
  if (connection === undefined) return;
  writeRequestOf(connection.outgoing.out, guest.blocks[block] as RamBlock, page);
  connection.outgoing.out.flush();
}

/** On a connection behind one that broke: which pages are here, and which are waited for. */
export function tellReceived({ connection, guest, ram, waitedFor }: DestinationContext): void {
  if (connection === undefined) return;
  const { out } = connection.outgoing;
  // The source begins to send when it has all of the bitmaps, with what it was asked for.
  for (const [block, pages] of waitedFor.entries()) for (const page of pages) writeRequestOf(out, guest.blocks[block] as RamBlock, page);
  for (const { id } of guest.blocks) writeReceived(out, id, new Uint8Array(ram.received(id).buffer));
  out.flush();
}

function writeRequestOf(out: Out, { id, pageSize }: RamBlock, page: number): void {
  writeRequest(out, id, page * pageSize, pageSize);
}

import { cString, HELLO_BYTES, isDeviceState, LONG_NAME, longName, MULTIFD_MAGIC, MULTIFD_VERSION, usedIn } from "../multifd.ts";
import type { Context, ReadWire } from "./context.ts";
import { readPacketHead } from "./multifd-head.ts";
import { type PacketRest, readPacketPages } from "./multifd-pages.ts";
import { blockFromElsewhere } from "./ram.ts";

/** Reads a multifd channel. It ends behind any packet, without a mark. FORMAT.md, multifd. */
export function multifdChannel(): ReadWire {
  let isBegun = false;
  let rest: PacketRest | undefined;
  return (c) => {
    const { window } = c;
    if (isBegun && rest === undefined && window.peek() === undefined) return false;
    window.path = "multifd";
    if (!isBegun) readHello(c);
    else if (rest === undefined) rest = readPacket(c);
    else {
      readPacketPages(c, rest);
      rest = undefined;
    }
    isBegun = true;
    window.path = "";
    window.commit();
    return true;
  };
}

function readHello({ window, sink }: Context): void {
  const at = window.offset;
  window.be32();
  const version = window.be32();
  if (version !== MULTIFD_VERSION)
    window.fail("not-a-stream", at + 4, `The channel has version ${version}; ${MULTIFD_VERSION} is the only one in use.`);
  const uuid = window.take(16).slice();
  const channel = window.u8();
  const unused = usedIn(window.take(at + HELLO_BYTES - window.offset));
  sink.item({ item: "multifd-hello", at, bytes: HELLO_BYTES, uuid, channel, ...(unused === undefined ? {} : { unused }) });
}

function readPacket(c: Context): PacketRest | undefined {
  const { window } = c;
  const at = window.offset;
  const magic = window.be32();
  if (magic !== MULTIFD_MAGIC)
    window.fail(
      "unknown-record",
      at,
      `A packet is expected to begin here, with 0x${MULTIFD_MAGIC.toString(16)}, not 0x${magic.toString(16)}.`,
    );
  const version = window.be32();
  if (version !== MULTIFD_VERSION)
    window.fail("unknown-record", at + 4, `A packet has version ${version}; ${MULTIFD_VERSION} is the only one in use.`);
  const flags = window.be32();
  if (isDeviceState(flags)) {
    readDevice(c, at, flags);
    return undefined;
  }
  const packet = readPacketHead(c, at, flags);
  const hasPages = packet.normalPages + packet.zeroPages > 0;
  const block = hasPages ? blockFromElsewhere(c, cString(packet.block), at + 64) : undefined;
  c.sink.item(packet);
  return block && { packet, block: block.name, nextPage: 0 };
}

function readDevice({ window, sink }: Context, at: number, flags: number): void {
  const name = longName(window.text(LONG_NAME));
  const instance = window.be32();
  const data = window.take(window.be32());
  sink.item({ item: "multifd-device", at, bytes: window.offset - at, flags, name, instance, data });
}

import { isPageSize, TYPE } from "../format.ts";
import type { ConfigurationSubsection } from "../item.ts";
import type { Context } from "./context.ts";

/** Longest name of a machine class that is believed. */
const LONGEST = 1024;
/** A capability is named in a byte or more; there are two that count. */
const MOST_CAPABILITIES = 256;

/** Reads the configuration section. FORMAT.md, stream. */
export function readConfiguration(c: Context): void {
  const { window, sink } = c;
  const at = window.offset;
  window.path = "configuration";
  window.u8();
  const length = window.be32();
  if (length > LONGEST) window.fail("bad-length", at + 1, `The machine type's name has ${length} bytes, which none has.`);
  const machine = window.text(length);
  c.machine = machine;
  const subsections: ConfigurationSubsection[] = [];
  while (window.peek() === TYPE.subsection) subsections.push(readSubsection(c));
  for (const each of subsections) {
    if ("capabilities" in each) for (const name of each.capabilities) c.capabilities.add(name);
    if ("bits" in each) c.pageSize = 2 ** each.bits;
  }
  sink.item({ item: "configuration", at, bytes: window.offset - at, machine, subsections });
  window.path = "";
  window.commit();
}

function readSubsection({ window }: Context): ConfigurationSubsection {
  const at = window.offset;
  window.u8();
  const name = window.name();
  const version = window.be32();
  switch (name) {
    case "configuration/target-page-bits": {
      const bits = window.be32();
      if (!isPageSize(2 ** bits)) window.fail("bad-value", window.offset - 4, `A page of 2^${bits} bytes does not exist.`);
      return { name, version, bits };
    }
    case "configuration/capabilities": {
      const count = window.be32();
      if (count > MOST_CAPABILITIES) window.fail("bad-length", window.offset - 4, `The stream names ${count} capabilities.`);
      return { name, version, capabilities: Array.from({ length: count }, () => window.name()) };
    }
    case "configuration/uuid":
      return { name, version, uuid: new Uint8Array(window.take(16)) };
    default:
      return window.fail("unknown-section", at + 1, `The subsection ${JSON.stringify(name)} of the configuration is not known.`);
  }
}

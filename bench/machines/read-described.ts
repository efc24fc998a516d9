import type { VmsdLayout } from "../../runtime/codec/layout.ts";
import type { ByteSource } from "../../runtime/stream/byte-source.ts";
import type { SectionItem } from "../../runtime/stream/item.ts";
import { readStream } from "../../runtime/stream/read-stream.ts";

/** Gives each section that the stream itself describes, with what it says of it. */
export function readDescribed(source: ByteSource, section: (item: SectionItem, body: Uint8Array, described: VmsdLayout) => void): void {
  const sink = {
    item: () => {},
    section: (item: SectionItem, body: Uint8Array, layout: { readonly vmsd?: VmsdLayout } | undefined): void => {
      if (layout?.vmsd !== undefined) section(item, body, layout.vmsd);
    },
    page: () => {},
    pages: () => {},
    problem: () => {},
  };
  readStream(source, sink, { payloads: false });
}

// The numbers of QEMU's stream. FORMAT.md, stream.

export const MAGIC = 0x5145564d;
export const STREAM_VERSION = 3;

/** What the first byte of an item says it is. */
export const TYPE = {
  eof: 0x00,
  start: 0x01,
  part: 0x02,
  end: 0x03,
  full: 0x04,
  subsection: 0x05,
  description: 0x06,
  configuration: 0x07,
  command: 0x08,
  footer: 0x7e,
} as const;

/** Low bits of a word of the ram section. */
export const RAM = {
  zero: 0x002,
  size: 0x004,
  page: 0x008,
  eos: 0x010,
  /** Beside one of the others: no block name, it is the previous record's block. */
  sameBlock: 0x020,
  xbzrle: 0x040,
  hook: 0x080,
  compressed: 0x100,
  multifdFlush: 0x200,
} as const;

/** What every xbzrle record says of its encoding. */
export const XBZRLE_ENCODING = 0x01;

/** Commands by number; a length where it is fixed. */
export const COMMANDS: readonly { readonly name: string; readonly length?: number }[] = [
  { name: "invalid" },
  { name: "open-return-path", length: 0 },
  { name: "ping", length: 4 },
  { name: "postcopy-advise" },
  { name: "postcopy-listen", length: 0 },
  { name: "postcopy-run", length: 0 },
  { name: "postcopy-ram-discard" },
  { name: "packaged", length: 4 },
  { name: "enable-colo", length: 0 },
  { name: "postcopy-resume", length: 0 },
  { name: "recv-bitmap" },
  { name: "switchover-start", length: 0 },
];

/** Bytes of a page where nothing says otherwise: that of x86. */
export const PAGE_SIZE = 4096;

/** The flags of a ram record need ten bits below the page's. */
export function isPageSize(bytes: number): boolean {
  return bytes >= 2 ** 10 && bytes <= 2 ** 30 && Number.isInteger(Math.log2(bytes));
}

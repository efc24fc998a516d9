// Streams written down byte by byte, with every kind of item, and what each is as a document. Pages have 1024 bytes here.

export interface Golden {
  readonly name: string;
  /** As bytesOf takes it. */
  readonly bytes: string;
  /** The items behind the header; offsets are held against the bytes by the coverage. */
  readonly items: readonly object[];
  /** Codes of what is wrong on purpose. */
  readonly problems?: readonly string[];
}

const HEADER = "'QEVM' 00000003";
const PAGES_OF_1K = "05 n:'configuration/target-page-bits' 00000001 0000000a";
const SMALL_PAGES = { name: "configuration/target-page-bits", version: 1, bits: 10 };
const RAM_HEAD = "01 00000002 n:'ram' 00000000 00000004";
const RAM_START = { item: "start", id: 2, name: "ram", instance: 0, version: 4 };
const EOS = "0000000000000010";
const END = { item: "eof" };

function configured(subsections: string, items: readonly object[]): { bytes: string; items: readonly object[] } {
  return {
    bytes: `${HEADER} 07 00000002 'pc' ${PAGES_OF_1K} ${subsections}`,
    items: [{ item: "configuration", machine: "pc", subsections: [SMALL_PAGES, ...items] }],
  };
}

const capabilities = (name: string) =>
  configured(`05 n:'configuration/capabilities' 00000001 00000001 n:'${name}'`, [
    { name: "configuration/capabilities", version: 1, capabilities: [name] },
  ]);

const plain = configured("", []);
const shared = capabilities("x-ignore-shared");
const mapped = capabilities("mapped-ram");
const uuid = configured("05 n:'configuration/uuid' 00000001 00112233445566778899aabbccddeeff", [
  { name: "configuration/uuid", version: 1, uuid: "00112233445566778899aabbccddeeff" },
]);

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

export const GOLDEN: readonly Golden[] = [
  { name: "nothing but an end", bytes: `${HEADER} 00`, items: [END] },
  { name: "a configuration with a uuid", bytes: `${uuid.bytes} 00`, items: [...uuid.items, END] },
  {
    name: "RAM: every record",
    problems: ["bad-xbzrle"],
    bytes: `${plain.bytes}
      ${RAM_HEAD} 0000000000001804 n:'pc.ram' 0000000000001000 n:'vga' 0000000000000800 ${EOS} 7e 00000002
      02 00000002 0000000000000002 n:'pc.ram' 00 0000000000000422 00 0000000000000822 00
      0000000000000408 n:'vga' 41*1024 0000000000000028 42*1024
      0000000000000040 n:'pc.ram' 01 0003 000186 0000000000000460 02 0000 0000000000000120 00000004 01020304
      0000000000000080 0000000000000200 0000000000000c10 7e 00000002
      03 00000002 ${EOS} 7e 00000002 00`,
    items: [
      ...plain.items,
      RAM_START,
      { item: "ram-size", total: 0x1800 },
      { item: "ram-block", name: "pc.ram", length: 0x1000 },
      { item: "ram-block", name: "vga", length: 0x800 },
      { item: "ram-eos" },
      { item: "footer", id: 2 },
      { item: "part", id: 2 },
      { item: "zero", block: "pc.ram", offset: 0, pageSize: 1024, pages: 3 },
      { item: "page", block: "vga", offset: 0x400, pageSize: 1024, data: base64(new Uint8Array(1024).fill(0x41)) },
      { item: "page", offset: 0, pageSize: 1024, data: base64(new Uint8Array(1024).fill(0x42)) },
      { item: "xbzrle", block: "pc.ram", offset: 0, pageSize: 1024, data: base64(Uint8Array.of(0, 1, 0x86)) },
      { item: "xbzrle", offset: 0x400, pageSize: 1024, mark: 2, data: "" },
      { item: "compressed", offset: 0, pageSize: 1024, data: base64(Uint8Array.of(1, 2, 3, 4)) },
      { item: "ram-hook" },
      { item: "multifd-flush" },
      { item: "ram-eos", high: 0xc00 },
      { item: "footer", id: 2 },
      { item: "end", id: 2 },
      { item: "ram-eos" },
      { item: "footer", id: 2 },
      END,
    ],
  },
  {
    name: "RAM blocks with their address",
    bytes: `${shared.bytes} ${RAM_HEAD} 0000000000000804 n:'pc.ram' 0000000000000800 00000000ffff0000 ${EOS} 7e 00000002 00`,
    items: [
      ...shared.items,
      RAM_START,
      { item: "ram-size", total: 0x800 },
      { item: "ram-block", name: "pc.ram", length: 0x800, address: "0xffff0000" },
      { item: "ram-eos" },
      { item: "footer", id: 2 },
      END,
    ],
  },
  {
    name: "mapped RAM",
    bytes: `${mapped.bytes} ${RAM_HEAD} 0000000000000804 n:'pc.ram' 0000000000000800
      00000001 0000000000000400 00000000000000aa 00000000000000be 0200000000000000 00*12 00*1024 43*1024 ${EOS} 7e 00000002 00`,
    items: [
      ...mapped.items,
      RAM_START,
      { item: "ram-size", total: 0x800 },
      {
        item: "ram-block",
        name: "pc.ram",
        length: 0x800,
        mapped: { version: 1, pageSize: 1024, bitmapOffset: 0xaa, pagesOffset: 0xbe },
      },
      { item: "mapped-bitmap", data: "AgAAAAAAAAA=" },
      { item: "gap", bytes: 12 + 1024 },
      { item: "mapped", offset: 0x400, pageSize: 1024, data: base64(new Uint8Array(1024).fill(0x43)) },
      { item: "ram-eos" },
      { item: "footer", id: 2 },
      END,
    ],
  },
  {
    name: "huge pages, told before post-copy",
    bytes: `${plain.bytes} 08 0003 0010 0000000000200400 0000000000000400
      ${RAM_HEAD} 0000000000200404 n:'m0' 0000000000200000 0000000000200000 n:'rom' 0000000000000400 ${EOS} 7e 00000002 00`,
    items: [
      ...plain.items,
      {
        item: "command",
        command: "postcopy-advise",
        payload: "AAAAAAAgBAAAAAAAAAAEAA==",
        decoded: { pageSizes: 2098176, targetPageSize: 1024 },
      },
      RAM_START,
      { item: "ram-size", total: 0x200400 },
      { item: "ram-block", name: "m0", length: 0x200000, pageSize: 0x200000 },
      { item: "ram-block", name: "rom", length: 0x400 },
      { item: "ram-eos" },
      { item: "footer", id: 2 },
      END,
    ],
  },
  {
    name: "dirty bitmaps",
    bytes: `${HEADER} 01 00000003 n:'dirty-bitmap' 00000000 00000001 1c n:'nd0' n:'bm1' 00000200 01 01 7e 00000003
      03 00000003 4c n:'nd0' n:'bm1' 0000000000000010 00000008 0000000000000004 ff000000 42 0000000000000018 00000008 20 80 80 0000 81 00
      7e 00000003 00`,
    items: [
      { item: "start", id: 3, name: "dirty-bitmap", instance: 0, version: 1 },
      { item: "bitmap-chunk", flags: 0x1c, node: "nd0", bitmap: "bm1", start: { granularity: 512, flags: 1 } },
      { item: "bitmap-chunk", flags: 1 },
      { item: "footer", id: 3 },
      { item: "end", id: 3 },
      { item: "bitmap-chunk", flags: 0x4c, node: "nd0", bitmap: "bm1", bits: { sector: "0x10", sectors: 8, data: "/wAAAA==" } },
      { item: "bitmap-chunk", flags: 0x42, bits: { sector: "0x18", sectors: 8 } },
      { item: "bitmap-chunk", flags: 0x20 },
      { item: "bitmap-chunk", flags: 0x8080, flagBytes: 4 },
      { item: "bitmap-chunk", flags: 0x81, flagBytes: 2 },
      { item: "footer", id: 3 },
      END,
    ],
  },
  {
    name: "block migration",
    bytes: `${HEADER} 01 00000004 n:'block' 00000000 00000001 0000000000000002 7e 00000004
      02 00000004 0000000000006404 0000000000100009 n:'ide0-hd0' 0000000000000002 7e 00000004
      03 00000004 0000000000000001 n:'ide0-hd0' 44*1048576 0000000000000002 7e 00000004 00`,
    items: [
      { item: "start", id: 4, name: "block", instance: 0, version: 1 },
      { item: "disk", flags: 2, sector: 0 },
      { item: "footer", id: 4 },
      { item: "part", id: 4 },
      { item: "disk", flags: 4, sector: 50 },
      { item: "disk", flags: 9, sector: 0x800, device: "ide0-hd0" },
      { item: "disk", flags: 2, sector: 0 },
      { item: "footer", id: 4 },
      { item: "end", id: 4 },
      { item: "disk", flags: 1, sector: 0, device: "ide0-hd0", data: base64(new Uint8Array(1 << 20).fill(0x44)) },
      { item: "disk", flags: 2, sector: 0 },
      { item: "footer", id: 4 },
      END,
    ],
  },
  {
    name: "commands, and a package",
    bytes: `${HEADER} 08 0001 0000 08 0002 0004 00000001 08 0006 0019 00 n:'pc.ram' 00 0000000000000000 0000000000001000
      08 0007 0004 00000029 08 0004 0000 04 00000005 n:'timer' 00000000 00000002 00*7 7e 00000005 08 0005 0000 08 0009 0000
      08 000a 0004 n:'ram' 08 000b 0000 08 0008 0000 00`,
    items: [
      { item: "command", command: "open-return-path", payload: "" },
      { item: "command", command: "ping", payload: "AAAAAQ==", decoded: { value: 1 } },
      {
        item: "command",
        command: "postcopy-ram-discard",
        payload: "AAZwYy5yYW0AAAAAAAAAAAAAAAAAAAAQAA==",
        decoded: { block: "pc.ram", ranges: [{ start: 0, length: 4096 }] },
      },
      { item: "command", command: "packaged", payload: "AAAAKQ==", decoded: { bytes: 41 } },
      { item: "command", command: "postcopy-listen", payload: "" },
      {
        item: "section",
        id: 5,
        name: "timer",
        instance: 0,
        version: 2,
        framing: "footer",
        fields: [{ name: "data", type: "buffer", size: 7, value: "00000000000000" }],
        subsections: [],
      },
      { item: "footer", id: 5 },
      { item: "command", command: "postcopy-run", payload: "" },
      { item: "command", command: "postcopy-resume", payload: "" },
      { item: "command", command: "recv-bitmap", payload: "A3JhbQ==", decoded: { block: "ram" } },
      { item: "command", command: "switchover-start", payload: "" },
      { item: "command", command: "enable-colo", payload: "" },
      END,
    ],
  },
  {
    name: "parts of a section in a format of its own",
    bytes: `${HEADER} 01 00000006 n:'spapr/htab' 00000000 00000001 00000018 7e 00000006 02 00000006 0102 7e 00000006 03 00000006 7e 00000006 00`,
    items: [
      { item: "start", id: 6, name: "spapr/htab", instance: 0, version: 1 },
      { item: "opaque", data: "AAAAGA==" },
      { item: "footer", id: 6 },
      { item: "part", id: 6 },
      { item: "opaque", data: "AQI=" },
      { item: "footer", id: 6 },
      { item: "end", id: 6 },
      { item: "footer", id: 6 },
      END,
    ],
  },
  {
    name: "sections without footers",
    bytes: `${HEADER} 04 00000000 n:'timer' 00000000 00000002 0102030405 04 00000001 n:'slirp' 00000000 00000004 00*20 00`,
    items: [opaque(0, "timer", 2, "0102030405"), opaque(1, "slirp", 4, 0, 20), END],
  },
];

function opaque(id: number, name: string, version: number, value: string | 0, size = String(value).length / 2): object {
  const fields = [{ name: "data", type: "buffer", size, value }];
  return { item: "section", id, name, instance: 0, version, framing: "next section", fields, subsections: [] };
}

import { type Golden, subsection } from "./golden.ts";

/** What is not on the wire by itself, and what is written by hand. */
export const OTHER_GOLDENS: readonly Golden[] = [
  {
    kind: "sent",
    shows: "true where its subsection was sent",
    fields: { x: { kind: "sent", subsection: "device/told" } },
    subsections: [subsection("device/told", { told: { kind: "uint8" } }, { minimumVersionId: 0 })],
    state: { x: true, told: 7 },
    wire: `
      050b6465766963652f746f6c64  header of device/told
      00000001                    device/told.version_id
      07                          device/told.told
    `,
    accepted: [
      { what: "without it", wire: "", state: { x: false, told: 0 } },
      {
        what: "twice; the last one counts",
        wire: `
          050b6465766963652f746f6c6400000001  header of device/told
          07                                  device/told.told
          050b6465766963652f746f6c6400000000  header of device/told
          08                                  device/told.told
        `,
        state: { x: true, told: 8 },
      },
    ],
    refused: [
      { what: "a newer version of it", wire: "050b6465766963652f746f6c640000000207 device/told", code: "too-new", piece: 0 },
      { what: "one that is not known", wire: "050b6465766963652f6e6f6e650000000107 device/none", code: "unknown-subsection", piece: 0 },
    ],
  },
  {
    kind: "sent",
    shows: "false where its subsection was not sent",
    fields: { x: { kind: "sent", subsection: "device/told" } },
    subsections: [subsection("device/told", { told: { kind: "uint8" } })],
    state: { x: false, told: 0 },
    wire: "",
  },
  {
    kind: "custom",
    shows: "the bytes of its layout",
    fields: { x: { kind: "custom", type: "pci irq state", layout: { kind: "array", element: { kind: "uint32" }, count: 4 } } },
    state: { x: [1, 0, 0, 1] },
    wire: "00000001000000000000000000000001 x",
    absent: [
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ],
    unsendable: [{ what: "three of the four", state: { x: [1, 0, 0] }, code: "length", path: "x" }],
  },
  {
    kind: "custom",
    shows: "one byte",
    fields: { x: { kind: "custom", type: "fd", layout: { kind: "uint8" } } },
    state: { x: 0x20 },
    wire: "20 x",
  },
  {
    kind: "custom",
    shows: "a layout whose length another field says",
    fields: {
      ports: { kind: "uint8" },
      x: {
        kind: "custom",
        type: "msix state",
        layout: { kind: "varBuffer", size: { op: "field", key: "ports" }, max: 2 },
      },
    },
    state: { ports: 1, x: Uint8Array.of(0xaa) },
    wire: "01 ports\n aa x",
    refused: [{ what: "more than it may have", wire: "03 ports\n aabbcc x", code: "limit", piece: 1 }],
  },
];

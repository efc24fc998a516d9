/**
 * Kinds whose bytes on the wire follow from kind and size alone, named as a stream's description names them (FORMAT.md, kinds).
 * `bytes` is the width of one element, undefined where the field's own size says it. A kind that is not listed is opaque:
 * only the device's code knows its format.
 */
export const WIRE_KINDS: Readonly<Record<string, { readonly bytes?: number; readonly family: KindFamily }>> = {
  bool: { bytes: 1, family: "number" },
  int8: { bytes: 1, family: "number" },
  int16: { bytes: 2, family: "number" },
  int32: { bytes: 4, family: "number" },
  int64: { bytes: 8, family: "number" },
  uint8: { bytes: 1, family: "number" },
  uint16: { bytes: 2, family: "number" },
  uint32: { bytes: 4, family: "number" },
  uint64: { bytes: 8, family: "number" },
  "uint8 equal": { bytes: 1, family: "checked" },
  "uint16 equal": { bytes: 2, family: "checked" },
  "int32 equal": { bytes: 4, family: "checked" },
  "uint32 equal": { bytes: 4, family: "checked" },
  "int64 equal": { bytes: 8, family: "checked" },
  "int32 le": { bytes: 4, family: "checked" },
  CPU_Double_U: { bytes: 8, family: "float" },
  float64: { bytes: 8, family: "float" },
  timer: { bytes: 8, family: "timer" },
  nullptr: { bytes: 1, family: "marker" },
  buffer: { family: "bytes" },
  unused_buffer: { family: "unused" },
  "pci config": { family: "bytes" },
  "pci irq state": { family: "bytes" },
  capability: { family: "bytes" },
  struct: { family: "struct" },
  vstruct: { family: "struct" },
  tmp: { family: "struct" },
};

export type KindFamily = "number" | "checked" | "float" | "timer" | "marker" | "bytes" | "unused" | "struct";

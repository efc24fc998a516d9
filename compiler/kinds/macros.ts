/** Macros of QEMU's descriptions, and what is written here for them. */
export interface MacroRow {
  /** Without `VMSTATE_`; the forms `_V`, `_TEST` and `_ARRAY` of each are rows of their own. */
  readonly macros: readonly string[];
  /** In the language of descriptors, as Markdown. */
  readonly counterpart: string;
  /** Golden cases that show its bytes. */
  readonly proofs: readonly string[];
}

export interface MacroGroup {
  readonly title: string;
  readonly rows: readonly MacroRow[];
}

const ELEMENTS = "array: its elements and nothing else";
const TABLE = "array2d: row after row";
const STRUCTS = "array: of structs";
const VARRAY_OF_STRUCTS = "varray: of structs";
const STRUCT = "struct: its fields, at its own version";
const BYTES = "buffer: raw bytes";
const VARIABLE_BYTES = "varBuffer: as many bytes as another field says";
const UNUSED = "unused_buffer: zeros on save, anything on load";
const SINCE = "uint16: since a version: not in older streams, and absent after them";
const EXISTS = "uint16: exists as another field says";
const OPAQUE = "custom: a layout whose length another field says";

/** Every family of the macros, in the order of QEMU's header. */
export const MACROS: readonly MacroGroup[] = [
  {
    title: "Forms that most macros have",
    rows: [
      { macros: ["…_V"], counterpart: "`since(version, kind)`", proofs: [SINCE] },
      { macros: ["…_TEST"], counterpart: "`exists: { field: (s, m, versionId) => … }`", proofs: [EXISTS] },
      { macros: ["…_ARRAY"], counterpart: "`array(kind, count)`", proofs: [ELEMENTS] },
      { macros: ["…_SUB_ARRAY"], counterpart: "`array(kind, count)` of what is sent", proofs: [ELEMENTS] },
      { macros: ["…_2DARRAY"], counterpart: "`array2d(kind, rows, columns)`", proofs: [TABLE] },
    ],
  },
  {
    title: "Scalars",
    rows: [
      { macros: ["BOOL"], counterpart: "`bool`", proofs: ["bool: one byte, 0 or 1; any but 0 is true"] },
      {
        macros: ["UINT8", "UINT16", "UINT32", "UINT64", "U8", "U16", "U32", "U64"],
        counterpart: "`uint8`, `uint16`, `uint32`, `uint64`",
        proofs: [
          "uint8: one byte",
          "uint16: two bytes, the high one first",
          "uint32: four bytes, the high one first",
          "uint64: eight bytes, the high one first",
        ],
      },
      {
        macros: ["INT8", "INT16", "INT32", "INT64"],
        counterpart: "`int8`, `int16`, `int32`, `int64`",
        proofs: [
          "int8: one byte, two's complement",
          "int16: two bytes, two's complement",
          "int32: four bytes, two's complement",
          "int64: eight bytes, two's complement",
        ],
      },
      {
        macros: ["UINTTL", "UINTTL_ARRAY", "UINTTL_2DARRAY", "UINTTL_EQUAL"],
        counterpart: "the same with `uint64` for x86_64, with `uint32` for i386",
        proofs: ["uint64: eight bytes, the high one first", "uint32: four bytes, the high one first", "equal: eight bytes"],
      },
      {
        macros: ["UINT8_EQUAL", "UINT16_EQUAL", "INT32_EQUAL", "UINT32_EQUAL", "UINT64_EQUAL"],
        counterpart: "`equal(kind)`, or `equal(kind, (m) => …)` where a property has the value",
        proofs: [
          "equal: one byte",
          "equal: compared with a value that the device has",
          "equal: compared with the state to load into",
          "equal: four bytes",
          "equal: eight bytes",
        ],
      },
      {
        macros: ["INT32_POSITIVE_LE"],
        counterpart: "`atMost()`, or `atMost((m) => …)`",
        proofs: ["int32 le: 0 to a value that the device has", "int32 le: 0 to what the state to load into has"],
      },
      {
        macros: ["FD"],
        counterpart: '`custom("fd", uint8)`: the descriptor itself travels beside the stream',
        proofs: ["custom: one byte"],
      },
      {
        macros: ["TIMER"],
        counterpart: "`timer`",
        proofs: ["timer: when it expires, in nanoseconds; all ones when it is not armed"],
      },
      { macros: ["TIMER_PTR"], counterpart: "`pointer(timer)`", proofs: ["pointer: what it points to"] },
      {
        macros: ["CPUDOUBLE_ARRAY"],
        counterpart: "`array(cpuDouble, count)`; one of them is a `cpuDouble` or a `float64`",
        proofs: [
          "CPU_Double_U: the bits of a double, the high word first",
          "float64: the bits of a double; a NaN keeps its own",
          "array: of doubles",
        ],
      },
      {
        macros: ["SINGLE", "SINGLE_TEST", "SINGLE_FULL"],
        counterpart: '`custom("its info\'s name", layout)`, or the kind that the info is',
        proofs: ["custom: the bytes of its layout"],
      },
      { macros: ["POINTER", "POINTER_TEST"], counterpart: "`pointer(kind)`", proofs: ["pointer: what it points to"] },
    ],
  },
  {
    title: "Arrays",
    rows: [
      { macros: ["ARRAY", "SUB_ARRAY"], counterpart: "`array(kind, count)`", proofs: [ELEMENTS] },
      { macros: ["2DARRAY"], counterpart: "`array2d(kind, rows, columns)`", proofs: [TABLE] },
      {
        macros: ["ARRAY_INT32_UNSAFE", "VARRAY_INT32"],
        counterpart: '`varray(kind, "count", { max })`, the count an `int32`',
        proofs: ["varray: as many as an int32 says"],
      },
      {
        macros: ["VARRAY_UINT32", "VARRAY_UINT32_ALLOC"],
        counterpart: "the same, the count a `uint32`",
        proofs: ["varray: as many as a uint32 says"],
      },
      {
        macros: ["VARRAY_UINT16_ALLOC", "VARRAY_UINT16_UNSAFE"],
        counterpart: "the same, the count a `uint16`",
        proofs: ["varray: as many as a uint16 says"],
      },
      {
        macros: ["VARRAY_MULTIPLY"],
        counterpart: '`varray(kind, "count", { max, multiply })`',
        proofs: ["varray: a multiple of a count"],
      },
      {
        macros: ["ARRAY_OF_POINTER"],
        counterpart: "`array(pointer(kind), count)`; where one may be null, `array(nullable(kind, (s, m, versionId, index) => …), count)`",
        proofs: ["array: of pointers to timers", "nullable: in an array of pointers to scalars"],
      },
      { macros: ["TIMER_PTR_ARRAY"], counterpart: "`array(pointer(timer), count)`", proofs: ["array: of pointers to timers"] },
      {
        macros: ["ARRAY_OF_POINTER_TO_STRUCT"],
        counterpart: "`array(nullable(struct(vmsd), (s, m, versionId, index) => …), count)`",
        proofs: ["nullable: in an array of pointers to structs", "nullable: one byte 0x30, where it is null"],
      },
    ],
  },
  {
    title: "Structs",
    rows: [
      {
        macros: ["STRUCT"],
        counterpart: "`struct(vmsd)`; `struct(vmsd, { with })` gives it properties of its own",
        proofs: [STRUCT, "struct: with properties of its own", "struct: its subsections right behind its fields, and what it refuses"],
      },
      {
        macros: ["VSTRUCT"],
        counterpart: "`vstruct(vmsd, version)`",
        proofs: ["vstruct: its fields at the version that is set here"],
      },
      { macros: ["STRUCT_POINTER"], counterpart: "`pointer(struct(vmsd))`", proofs: ["pointer: to a struct"] },
      { macros: ["STRUCT_ARRAY", "STRUCT_SUB_ARRAY"], counterpart: "`array(struct(vmsd), count)`", proofs: [STRUCTS] },
      { macros: ["STRUCT_2DARRAY"], counterpart: "`array2d(struct(vmsd), rows, columns)`", proofs: ["array2d: of structs"] },
      {
        macros: ["STRUCT_VARRAY_UINT8", "STRUCT_VARRAY_INT32", "STRUCT_VARRAY_UINT32"],
        counterpart: '`varray(struct(vmsd), "count", { max })`',
        proofs: [VARRAY_OF_STRUCTS, "varray: as many as a uint8 says"],
      },
      {
        macros: ["STRUCT_VARRAY_POINTER_KNOWN"],
        counterpart: "`array(struct(vmsd), count)`",
        proofs: [STRUCTS],
      },
      {
        macros: ["STRUCT_VARRAY_POINTER_INT32", "STRUCT_VARRAY_POINTER_UINT16", "STRUCT_VARRAY_POINTER_UINT32", "STRUCT_VARRAY_ALLOC"],
        counterpart: '`varray(struct(vmsd), "count", { max })`',
        proofs: [VARRAY_OF_STRUCTS],
      },
    ],
  },
  {
    title: "Bytes",
    rows: [
      {
        macros: ["BUFFER", "PARTIAL_BUFFER", "BUFFER_START_MIDDLE", "STATIC_BUFFER", "BUFFER_UNSAFE", "BUFFER_POINTER_UNSAFE"],
        counterpart: "`buffer(size)` of what is sent",
        proofs: [BYTES],
      },
      {
        macros: ["BUFFER_UNSAFE_INFO"],
        counterpart: '`custom("its info\'s name", layout)`',
        proofs: ["custom: the bytes of its layout"],
      },
      {
        macros: ["VBUFFER", "VBUFFER_UINT32", "VBUFFER_ALLOC_UINT32", "PARTIAL_VBUFFER", "PARTIAL_VBUFFER_UINT32"],
        counterpart: '`varBuffer("size", { max })`',
        proofs: [VARIABLE_BYTES, "pointer: to as many bytes as another field says"],
      },
      {
        macros: ["VBUFFER_MULTIPLY"],
        counterpart: '`varBuffer("size", { max, multiply })`',
        proofs: ["varBuffer: a multiple of a size, which may not be negative"],
      },
      {
        macros: ["BITMAP"],
        counterpart: '`bitmap(bits)`, `bitmap("bits", { max })`',
        proofs: ["bitmap: words of 64 bits, the first bit the lowest of the first word", "bitmap: as many bits as another field says"],
      },
      { macros: ["UNUSED", "UNUSED_BUFFER"], counterpart: "`unused(size)`", proofs: [UNUSED] },
      {
        macros: ["UNUSED_VARRAY_UINT32"],
        counterpart: "`unused((s) => s.count * size, { max })`",
        proofs: ["unused_buffer: as many bytes as another field says"],
      },
    ],
  },
  {
    title: "Lists, trees and the rest",
    rows: [
      {
        macros: ["QTAILQ_V"],
        counterpart: "`qtailq(vmsd, { max })`",
        proofs: ["qtailq: a byte 1 before each element and a byte 0 behind the last", "qtailq: of elements at the version of the field"],
      },
      {
        macros: ["QLIST_V"],
        counterpart: "`qlist(vmsd, { max })`",
        proofs: ["qlist: a byte 1 before each element and a byte 0 behind the last", "qlist: of elements at the version of the field"],
      },
      { macros: ["GTREE_V"], counterpart: "`gtree(struct(key), vmsd, { max })`", proofs: ["gtree: of keys that are structs"] },
      {
        macros: ["GTREE_DIRECT_KEY_V"],
        counterpart: "`gtree(uint64, vmsd, { max })`",
        proofs: ["gtree: their number, then each with a byte 1 before it, a byte 0; keys of 64 bits"],
      },
      {
        macros: ["WITH_TMP"],
        counterpart: "`tmp(vmsd)`; the state is that on the wire, and hooks belong to the device",
        proofs: ["tmp: a state for the stream only, loaded at version 0"],
      },
      {
        macros: ["VALIDATE"],
        counterpart: "`validate: { field: (s, m) => … }`",
        proofs: ["uint8: validated at its place in field order, and before a save"],
      },
      { macros: ["END_OF_LIST"], counterpart: "the end of `fields`", proofs: [ELEMENTS] },
    ],
  },
  {
    title: "Wrappers of buses and devices",
    rows: [
      {
        macros: ["PCI_DEVICE"],
        counterpart: '`struct(pciDevice)`, whose two fields `config` are told apart by `named("config", …)`',
        proofs: [STRUCT, "uint8: named: two fields of one name with opposite predicates"],
      },
      {
        macros: ["SCSI_DEVICE", "USB_DEVICE", "SMBUS_DEVICE", "I2C_SLAVE", "AHCI", "CLOCK", "PTIMER"],
        counterpart: "`struct(vmsd)`, `pointer(struct(vmsd))`",
        proofs: [STRUCT, "pointer: to a struct"],
      },
      {
        macros: ["MSIX", "VIRTIO_DEVICE"],
        counterpart:
          '`custom("msix state", layout)`; what a list keeps in the byte before an element is its `marker`; what no state tells is `sent`',
        proofs: [
          OPAQUE,
          "marker: the byte before a list's element, kept in the element",
          "sent: true where its subsection was sent",
          "sent: false where its subsection was not sent",
        ],
      },
    ],
  },
];

// Our ticking guest in a ROM, and before it a few hundred writes that give the machine's own devices other states than those of reset.
// Nothing is waited for or asked: a device that is not there takes no notice.
import { assemble, type Code, word } from "../../runtime/qemu/machine-code.ts";
import { type TickingGuest, tickingRom } from "../../runtime/qemu/ticking-guest.ts";

/** Behind the ticking guest's own code. */
const ORIGIN = 0x8000;
const FLOATS = 0xa000;
const ROM_AT = 0xf000;
const ENTRY_FROM_END = 16;

/** Ports of a byte each, and what is written there, in order. */
const PORTS: readonly (readonly [port: number, ...values: number[]])[] = [
  // Timer: channel 1, channel 2 with its gate open, and its count latched.
  ...[[0x43, 0x54] as const, [0x41, 0x12] as const, [0x43, 0xb6] as const, [0x42, 0x34, 0x12] as const],
  ...[[0x61, 3] as const, [0x43, 0xc8] as const],
  // Clock: an alarm, and a periodic interrupt that nobody takes.
  ...[
    [0x70, 0x01] as const,
    [0x71, 0x30] as const,
    [0x70, 0x0a] as const,
    [0x71, 0x26] as const,
    [0x70, 0x0b] as const,
    [0x71, 0x62] as const,
  ],
  // DMA: channel 2 towards 0x51234, the second controller lets the first through.
  ...[[0x0c, 0] as const, [0x04, 0x34, 0x12] as const, [0x05, 0xff, 0x01] as const, [0x81, 5] as const],
  ...[[0x0b, 0x46] as const, [0xd6, 0xc0] as const, [0xd4, 0] as const],
  // Keyboard controller: both devices, mouse reports on, two lights.
  ...[[0x64, 0xa8] as const, [0x64, 0x60] as const, [0x60, 0x47] as const, [0x64, 0xd4] as const, [0x60, 0xf4] as const],
  ...[[0x60, 0xed] as const, [0x60, 3] as const],
  // Serial port: FIFO, modem lines, scratch register.
  ...[[0x3fa, 0xc7] as const, [0x3fc, 0x0b] as const, [0x3ff, 0x5a] as const],
  // Floppy controller: a motor, and a command of which the last byte is missing.
  ...[[0x3f2, 0x1c] as const, [0x3f5, 3, 0xdf, 2] as const, [0x3f5, 0x0f, 0] as const],
  // Disk: the registers of a command that never comes.
  ...[[0x3f6, 2] as const, [0x1f2, 1, 1] as const, [0x1f3, 0x12, 0x34] as const, [0x1f4, 0x56] as const, [0x1f6, 0xe0] as const],
  // Interrupts that are levels, VGA's index registers, port 92.
  ...[[0x4d0, 0x00] as const, [0x4d1, 0x0c] as const, [0x3c4, 2] as const, [0x3c5, 0x0f] as const, [0x92, 2] as const],
];

/** Configuration registers of the chipset: device and function, register, and 32 bits. */
const CONFIGURATION: readonly (readonly [slot: number, register: number, value: number])[] = [
  [0x09, 0x20, 0xc001], // disk controller: its DMA registers
  [0x09, 0x04, 0x0005],
  [0x09, 0x40, 0x8000_8000],
  [0x0b, 0x40, 0xb001], // power management: its registers, enabled
  [0x0b, 0x80, 0x0001],
  [0x0b, 0x90, 0xb101],
  [0x0b, 0xd0, 0x0009_0000],
  [0x08, 0x60, 0x0b0a_0b0a], // interrupt lines of PCI
];

/** Ports behind those registers, or of more than a byte. */
const WIDE_PORTS: readonly (readonly [port: number, value: number])[] = [
  [0xb000, 0x0120_0000], // power management: two events enabled
  [0xafe0, 0x0003_0000],
  [0xc004, 0x0000_1000],
];

/** Registers in memory. */
const MEMORY: readonly (readonly [address: number, value: number])[] = [
  [0xfee0_00f0, 0x1ff], // local APIC: on, a masked timer that counts, a priority
  [0xfee0_03e0, 3],
  [0xfee0_0320, 0x3_0030],
  [0xfee0_0380, 0x10_0000],
  [0xfee0_00d0, 0x0100_0000],
  [0xfec0_0000, 0x12], // I/O APIC: a masked entry
  [0xfec0_0010, 0x1_a031],
  [0xfed0_0100, 0x0000_0048], // HPET: a periodic timer, and on
  [0xfed0_0108, 0x0010_0000],
  [0xfed0_0010, 1],
];

/** Model-specific registers, the upper halves zeros. Those of 4b56.... are KVM's clock and the like. */
const MSRS: readonly (readonly [register: number, value: number])[] = [
  [0x174, 8],
  [0x175, 0x7000],
  [0x176, 0x1234],
  [0x277, 0x0007_0406],
  [0x200, 6],
  [0x201, 0xffe0_0800],
  [0x268, 0x0606_0606],
  [0x2ff, 0x0c06],
  [0x4b56_4d00, 0x3000],
  [0x4b56_4d01, 0x3101],
];

export function pokingRom(guest: TickingGuest = {}): Uint8Array {
  const rom = tickingRom(guest);
  rom.set(
    assemble(ORIGIN, [
      0xfa, // cli
      ...PORTS.flatMap(([port, ...values]) => values.flatMap((value) => [0xba, ...word(port), 0xb0, value, 0xee])), // mov dx; mov al; out dx, al
      ...CONFIGURATION.flatMap(([slot, register, value]) => [
        ...outLong(0xcf8, 0x8000_0000 | (slot << 8) | register),
        ...outLong(0xcfc, value),
      ]),
      ...WIDE_PORTS.flatMap(([port, value]) => outLong(port, value)),
      ...flatSegment(),
      ...MEMORY.flatMap(([address, value]) => [0x64, 0x67, 0x66, 0xc7, 0x05, ...long(address), ...long(value)]), // mov dword fs:[address], value
      ...MSRS.flatMap(([register, value]) => [0x66, 0xb9, ...long(register), 0x66, 0xb8, ...long(value), 0x66, 0x31, 0xd2, 0x0f, 0x30]),
      ...registers(),
      ...[0xea, ...word(0), ...word(ROM_AT)], // jmp f000:0, where the ticking guest begins
      { at: "pointer" },
      ...[...word(15), { abs16: "table" }, ...word(ROM_AT >> 12)],
      { at: "table" },
      ...[...word(0), ...word(0), ...word(0), ...word(0), ...word(0xffff), ...word(0), 0, 0x93, 0xcf, 0],
    ]),
    ORIGIN,
  );
  rom.set(floats(), FLOATS);
  rom.set([0xea, ...word(ORIGIN), ...word(ROM_AT)], rom.length - ENTRY_FROM_END);
  return rom;
}

/** fs: data, from 0, 4 GiB. */
function flatSegment(): readonly Code[] {
  return [
    ...[0x2e, 0x66, 0x0f, 0x01, 0x16, { abs16: "pointer" }], // lgdt cs:[pointer]
    ...[0x0f, 0x20, 0xc0, 0x0c, 1, 0x0f, 0x22, 0xc0], // mov eax, cr0; or al, 1; mov cr0, eax
    ...[0xb9, ...word(8), 0x8e, 0xe1], // mov cx, 8; mov fs, cx
    ...[0x24, 0xfe, 0x0f, 0x22, 0xc0], // and al, 0xfe; mov cr0, eax
  ];
}

/** What `fxrstor` takes: two numbers on the stack, and one for SSE. */
function floats(): Uint8Array {
  const image = new Uint8Array(512);
  image.set([...word(0x037f), ...word(6 << 11), 0xc0]);
  image.set(long(0x1f80), 24);
  image.set([0, 0, 0, 0, 0, 0, 0, 0x80, 0xff, 0x3f], 32); // 1.0
  image.set([0x35, 0xc2, 0x68, 0x21, 0xa2, 0xda, 0x0f, 0xc9, 0x00, 0x40], 48); // pi
  image.set(long(0x1234_5678), 176);
  return image;
}

/** Something in those of the floating-point unit, of SSE and of the debugger. */
function registers(): readonly Code[] {
  return [
    ...[0x0f, 0x20, 0xe0, 0x0d, ...word(0x0600), 0x0f, 0x22, 0xe0], // mov eax, cr4; or ax, 0x600; mov cr4, eax
    ...[0x2e, 0x0f, 0xae, 0x0e, ...word(FLOATS)], // fxrstor cs:[FLOATS]
    ...[0x66, 0xb8, ...long(0x1234_5678)], // mov eax, 0x12345678
    ...[0x0f, 0x23, 0xc0], // mov dr0, eax
    ...[0x66, 0xb8, ...long(0x1f00), 0x0f, 0x22, 0xd0], // mov eax, 0x1f00; mov cr2, eax
  ];
}

/** mov dx, port; mov eax, value; out dx, eax */
function outLong(port: number, value: number): readonly Code[] {
  return [0xba, ...word(port), 0x66, 0xb8, ...long(value), 0x66, 0xef];
}

function long(value: number): readonly number[] {
  return [...word(value), ...word(value >>> 16)];
}

// A guest of our own, in one boot sector. A hundred times a second it writes a counter as four hex digits and a newline on COM1; in
// between it goes over its pages: each holds the number of passes so far, and a page that holds another one was lost or is stale. The
// counter lines then carry a '!' for ever. So the lines of a migrated guest tell that the processor, the timer, the interrupt controller,
// the serial port and the memory came over, all of the same moment.
import { assemble, type Code, word } from "./machine-code.ts";

const ORIGIN = 0x7c00;
const SECTOR = 512;
/** Where the pages begin, and how many fit below what a BIOS keeps at the end of the first 640 KiB. */
const FIRST_SEGMENT = 0x1000;
const MOST_PAGES = 142;
const COUNTER = 0x600;
const DAMAGE = 0x604;
const TICKS_PER_SECOND = 100;
const TIMER_HZ = 1_193_182;
/** Where the boot sector lies in the ROM, behind the code that copies it. */
const SECTOR_IN_ROM = 0x200;
const ROM = 0x1_0000;
const TABLE_IN_ROM = 0x100;
const TABLE_SIZE = 16;
/** The local APIC's register that turns it on, fee000f0, and its value for that. KVM masks the pins of one that is off. */
const SPURIOUS = [0xf0, 0x00, 0xe0, 0xfe];
const ON = 0x1ff;
/** Its register for its pin LINT0, fee00350, and its value for 'ask the other controller'. */
const LINT0 = [0x50, 0x03, 0xe0, 0xfe];
const EXTERNAL = 0x700;

export interface TickingGuest {
  /** Pages of 4 KiB that are written in every pass, from 64 KiB on; a pass follows every tick. Defaults to 16, at most 142. */
  readonly pages?: number;
}

/** The boot sector: what a BIOS loads from the first sector of a disk. */
export function bootSector({ pages = 16 }: TickingGuest = {}): Uint8Array {
  if (!Number.isInteger(pages) || pages < 1 || pages > MOST_PAGES)
    throw new RangeError(`${pages} pages; the guest takes 1 to ${MOST_PAGES}.`);
  const code = assemble(ORIGIN, [
    ...[0xea, { abs16: "start" }, ...word(0)], // jmp 0:start, as some BIOSes come here by 07c0:0000
    { at: "start" },
    ...[0xfa, 0x31, 0xc0, 0x8e, 0xd8, 0x8e, 0xd0], // cli; xor ax, ax; mov ds, ax; mov ss, ax
    ...[0xbc, ...word(0x7000)], // mov sp, 0x7000
    ...serialPort(),
    ...interrupts(),
    ...passes(pages),
    ...tick(),
  ]);
  const sector = new Uint8Array(SECTOR);
  if (code.length > SECTOR - 2) throw new RangeError(`The guest is ${code.length} bytes; a boot sector holds ${SECTOR - 2}.`);
  sector.set(code);
  sector.set([0x55, 0xaa], SECTOR - 2);
  return sector;
}

/**
 * The same guest as a BIOS image (`-bios`): it is all that the machine's ROM holds, so a stream has nearly nothing but zeros in it. What
 * the guest needs of a BIOS is that the local APIC lets the old interrupt controller through; its register lies high up, where only a
 * segment with a limit of 4 GiB reaches.
 */
export function tickingRom(guest: TickingGuest = {}): Uint8Array {
  const rom = new Uint8Array(ROM);
  rom.set(
    assemble(0, [
      ...[0x2e, 0x66, 0x0f, 0x01, 0x16, { abs16: "table" }], // lgdt cs:[table]
      ...[0x0f, 0x20, 0xc0, 0x0c, 1, 0x0f, 0x22, 0xc0], // mov eax, cr0; or al, 1; mov cr0, eax
      ...[0xb9, ...word(8), 0x8e, 0xe1], // mov cx, 8; mov fs, cx
      ...[0x24, 0xfe, 0x0f, 0x22, 0xc0], // and al, 0xfe; mov cr0, eax
      ...[0x64, 0x67, 0x66, 0xc7, 0x05, ...SPURIOUS, ...word(ON), ...word(0)], // mov dword fs:[SPURIOUS], ON
      ...[0x64, 0x67, 0x66, 0xc7, 0x05, ...LINT0, ...word(EXTERNAL), ...word(0)], // mov dword fs:[LINT0], EXTERNAL
      ...[0xfc, 0x31, 0xc0, 0x8e, 0xe0, 0x8e, 0xc0, 0x8c, 0xc8, 0x8e, 0xd8], // cld; xor ax, ax; mov fs, ax; mov es, ax; mov ax, cs; mov ds, ax
      ...[0xbe, ...word(SECTOR_IN_ROM), 0xbf, ...word(ORIGIN)], // mov si, SECTOR_IN_ROM; mov di, ORIGIN
      ...[0xb9, ...word(SECTOR / 2), 0xf3, 0xa5], // mov cx, SECTOR / 2; rep movsw
      ...[0xea, ...word(ORIGIN), ...word(0)], // jmp 0:ORIGIN
      { at: "table" },
      ...[...word(TABLE_SIZE - 1), ...word(TABLE_IN_ROM), ...word(0xf)], // its limit and its address
    ]),
  );
  // Segment 8: data, from 0, 4 GiB. It is marked as accessed: not every KVM can bear that a processor marks what lies in a ROM.
  rom.set([...word(0xffff), ...word(0), 0, 0x93, 0xcf, 0], TABLE_IN_ROM + 8);
  rom.set(bootSector(guest), SECTOR_IN_ROM);
  rom.set([0xea, ...word(0), ...word(0xf000)], ROM - 16); // where the processor begins: jmp f000:0
  return rom;
}

/** mov dx, port; mov al, value; out dx, al */
function outDx(port: number, value: number): readonly Code[] {
  return [0xba, ...word(port), 0xb0, value, 0xee];
}

/** mov al, value; out port, al */
function out(port: number, value: number): readonly Code[] {
  return [0xb0, value, 0xe6, port];
}

/** 115,200 baud, 8 bits, no interrupts. */
function serialPort(): readonly Code[] {
  return [...outDx(0x3fb, 0x83), ...outDx(0x3f8, 1), ...outDx(0x3f9, 0), ...outDx(0x3fb, 3), ...outDx(0x3f9, 0)];
}

/** The timer's interrupt, and no other, as vector 0x20; the counter from 0 on. */
function interrupts(): readonly Code[] {
  const divisor = Math.round(TIMER_HZ / TICKS_PER_SECOND);
  const [low = 0, high = 0] = word(divisor);
  return [
    ...[...out(0x20, 0x11), ...out(0x21, 0x20), ...out(0x21, 4), ...out(0x21, 1), ...out(0x21, 0xfe)],
    ...[...out(0xa0, 0x11), ...out(0xa1, 0x28), ...out(0xa1, 2), ...out(0xa1, 1), ...out(0xa1, 0xff)],
    ...[...out(0x43, 0x34), ...out(0x40, low), ...out(0x40, high)],
    ...[0xc7, 0x06, ...word(0x20 * 4), { abs16: "tick" }], // mov word [0x20 * 4], tick
    ...[0xc7, 0x06, ...word(0x20 * 4 + 2), ...word(0)], // mov word [0x20 * 4 + 2], 0
    ...[0xc7, 0x06, ...word(COUNTER), ...word(0)], // mov word [COUNTER], 0
    ...[0xc6, 0x06, ...word(DAMAGE), 0], // mov byte [DAMAGE], 0
  ];
}

/**
 * bx is the number of passes, which word 0 of every page must hold. Another byte of the page changes too, further on with every pass.
 * A bit of CR4 that means nothing here is turned over each time, for which TCG forgets what it knows of the pages: without that, QEMU
 * 5.2 and 7.2 see no write to a page that was written before their last look at the dirty pages, and leave the guest's memory behind.
 */
function passes(pages: number): readonly Code[] {
  const firstPage: readonly Code[] = [0xb9, ...word(pages), 0xb8, ...word(FIRST_SEGMENT)]; // mov cx, pages; mov ax, FIRST_SEGMENT
  const nextPage: readonly Code[] = [0x05, ...word(0x100)]; // add ax, 0x100
  return [
    ...[0x31, 0xdb, ...firstPage], // xor bx, bx
    { at: "clear" },
    ...[0x8e, 0xc0, 0x26, 0x89, 0x1e, ...word(0), ...nextPage], // mov es, ax; mov es:[0], bx
    ...[0xe2, { rel8: "clear" }, 0xfb], // loop clear; sti
    { at: "pass" },
    ...[0x0f, 0x20, 0xe0, 0x34, 0x10, 0x0f, 0x22, 0xe0], // mov eax, cr4; xor al, 0x10; mov cr4, eax
    ...firstPage,
    { at: "page" },
    ...[0x8e, 0xc0, 0x26, 0x39, 0x1e, ...word(0)], // mov es, ax; cmp es:[0], bx
    ...[0x74, { rel8: "whole" }, 0xc6, 0x06, ...word(DAMAGE), 0x21], // je whole; mov byte [DAMAGE], '!'
    { at: "whole" },
    ...[0x8d, 0x57, 1, 0x26, 0x89, 0x16, ...word(0)], // lea dx, [bx + 1]; mov es:[0], dx
    ...[0x89, 0xdf, 0x81, 0xe7, ...word(0x7ff)], // mov di, bx; and di, 0x7ff
    ...[0x26, 0x88, 0x9d, ...word(0x800)], // mov es:[di + 0x800], bl
    ...[...nextPage, 0xe2, { rel8: "page" }], // loop page
    ...[0x43, 0xf4, 0xeb, { rel8: "pass" }], // inc bx; hlt; jmp pass
  ];
}

/** The timer's interrupt: the counter goes up and out. */
function tick(): readonly Code[] {
  return [
    { at: "tick" },
    ...[0x60, 0xff, 0x06, ...word(COUNTER), 0x8b, 0x1e, ...word(COUNTER)], // pusha; inc word [COUNTER]; mov bx, [COUNTER]
    ...[0xb9, ...word(4)], // mov cx, 4
    { at: "digit" },
    ...[0xc1, 0xc3, 4, 0x88, 0xd8, 0x24, 0x0f], // rol bx, 4; mov al, bl; and al, 15
    ...[0x3c, 10, 0x1c, 0x69, 0x2f], // cmp al, 10; sbb al, 0x69; das: the digit's character
    ...[0xe8, { rel16: "put" }, 0xe2, { rel8: "digit" }], // call put; loop digit
    ...[0xa0, ...word(DAMAGE), 0x84, 0xc0, 0x74, { rel8: "end of line" }, 0xe8, { rel16: "put" }], // mov al, [DAMAGE]; test al, al; je; call put
    { at: "end of line" },
    ...[0xb0, 0x0a, 0xe8, { rel16: "put" }, ...out(0x20, 0x20), 0x61, 0xcf], // mov al, 10; call put; the interrupt is served; popa; iret
    { at: "put" },
    ...[0x50, 0xba, ...word(0x3fd)], // push ax; mov dx, 0x3fd
    { at: "busy" },
    ...[0xec, 0xa8, 0x20, 0x74, { rel8: "busy" }], // in al, dx; test al, 0x20; je busy
    ...[0x58, 0xba, ...word(0x3f8), 0xee, 0xc3], // pop ax; mov dx, 0x3f8; out dx, al; ret
  ];
}

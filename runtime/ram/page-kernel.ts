import { endianness } from "node:os";
import { KERNEL, KERNEL_SHARED } from "./gen/kernel.ts";
import { WASM_PAGE, type WasmMemory, wasm } from "./webassembly.ts";
import { XBZRLE_MAX_PAGE } from "./xbzrle.ts";
import { DECODE_CODES, XbzrleError } from "./xbzrle-error.ts";

export interface PageKernelOptions {
  /** The memory to work on, such as a guest's; it must not grow. Otherwise the kernel has memory of its own. */
  readonly memory?: WasmMemory;
  /** Least size of the memory of its own. Defaults to 64 KiB. */
  readonly bytes?: number;
  /** Memory of its own that other threads can have too. Defaults to false. */
  readonly shared?: boolean;
  /** A power of two from 1 KiB to 64 KiB. Defaults to 4 KiB. */
  readonly pageSize?: number;
}

interface Functions {
  readonly zero: (at: number, size: number, ahead: number) => number;
  readonly zeros: (at: number, size: number, count: number, into: number) => number;
  readonly hash: (at: number, size: number) => bigint;
  readonly hashes: (at: number, size: number, stride: number, count: number, into: number) => void;
  readonly pages: (at: number, bits: number, into: number) => number;
  readonly runs: (at: number, bits: number, into: number) => number;
  readonly encodeXbzrle: (before: number, after: number, size: number, into: number, limit: number) => number;
  readonly decodeXbzrle: (from: number, length: number, page: number, size: number) => number;
}

/**
 * What is done with every page of a guest, in vector instructions, on pages that lie in one memory. Places are offsets into `bytes`. Of a
 * page that another thread writes to meanwhile, some of what it writes is seen and some is not; xbzrle needs pages that hold still.
 */
export class PageKernel {
  readonly memory: WasmMemory;
  /** All of the memory; `words` and `wide` are the same, for what is written as u32 and as u64. */
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  readonly wide: BigUint64Array;
  readonly pageSize: number;
  readonly #run: Functions;
  #taken = 0;

  constructor({ memory, bytes = WASM_PAGE, shared = false, pageSize = 0x1000 }: PageKernelOptions = {}) {
    // WebAssembly is little-endian everywhere; arrays of words are only there.
    if (endianness() !== "LE") throw new Error("The kernel needs a little-endian machine.");
    if (!(Number.isInteger(Math.log2(pageSize)) && pageSize >= 0x400 && pageSize <= 0x10000)) {
      throw new RangeError(`Pages of ${pageSize} bytes: it must be a power of two from 1 KiB to 64 KiB.`);
    }
    const units = Math.ceil(bytes / WASM_PAGE);
    this.memory = memory ?? new wasm.Memory({ initial: units, maximum: units, shared });
    const { buffer } = this.memory;
    this.bytes = new Uint8Array(buffer);
    this.words = new Uint32Array(buffer);
    this.wide = new BigUint64Array(buffer);
    this.pageSize = pageSize;
    const code = buffer instanceof SharedArrayBuffer ? KERNEL_SHARED : KERNEL;
    this.#run = new wasm.Instance(moduleOf(code), { ram: { memory: this.memory } }).exports as unknown as Functions;
  }

  /** Sets memory aside and gives its offset, a multiple of 64; it is for good. For memory of the kernel's own. */
  take(length: number): number {
    const at = this.#taken;
    this.#check(at, length, 1);
    this.#taken = Math.ceil((at + length) / 64) * 64;
    return at;
  }

  /** Whether a page is all zero. */
  zero(at: number): boolean {
    this.#check(at, this.pageSize, 1);
    return this.#run.zero(at, this.pageSize, 0) === 1;
  }

  /** Writes a bitmap of which of `count` pages are all zero, in whole words of 64 bits, and gives how many are. */
  zeros(at: number, count: number, into: number): number {
    this.#check(at, count, this.pageSize);
    this.#check(into, Math.ceil(count / 64), 8);
    return this.#run.zeros(at, this.pageSize, count, into);
  }

  /** FORMAT.md, Page hash. */
  hash(at: number): bigint {
    this.#check(at, this.pageSize, 1);
    return BigInt.asUintN(64, this.#run.hash(at, this.pageSize));
  }

  /** Writes the hashes of `count` pages, 8 bytes each. The pages lie `stride` bytes apart, side by side unless it is said. */
  hashes(at: number, count: number, into: number, stride = this.pageSize): void {
    if (!(stride >= this.pageSize)) throw new RangeError(`Pages ${stride} bytes apart, of ${this.pageSize} each.`);
    this.#check(at, count, stride, stride - this.pageSize);
    this.#check(into, count, 8);
    this.#run.hashes(at, this.pageSize, stride, count, into);
  }

  /**
   * Writes the numbers of the pages whose bit is set, ascending, u32 each, and gives how many there are. The bitmap is whole words of 64
   * bits, what stands in it behind `pages` bits does not count, and there must be room for as many numbers as pages: all of it may be
   * written to.
   */
  pages(bitmap: number, pages: number, into: number): number {
    this.#check(bitmap, Math.ceil(pages / 64), 8);
    this.#check(into, pages, 4);
    return this.#run.pages(bitmap, pages, into);
  }

  /** In the same way each run of set bits, as its first page and the page behind its last; gives how many runs there are. */
  runs(bitmap: number, pages: number, into: number): number {
    this.#check(bitmap, pages, 0);
    this.#check(bitmap, Math.ceil(pages / 64), 8);
    this.#check(into, Math.ceil(pages / 2), 8);
    return this.#run.runs(bitmap, pages, into);
  }

  /** As `encodeXbzrle` of xbzrle.ts, for two pages, with room for a page at `into`. */
  encodeXbzrle(before: number, after: number, into: number): number {
    const size = this.pageSize;
    if (size > XBZRLE_MAX_PAGE) throw new RangeError(`Pages of ${size} bytes: they may have ${XBZRLE_MAX_PAGE}.`);
    this.#check(before, size, 1);
    this.#check(after, size, 1);
    this.#check(into, size, 1);
    return this.#run.encodeXbzrle(before, after, size, into, size);
  }

  /**
   * As `decodeXbzrle` of xbzrle.ts, for `length` bytes.
   * @throws XbzrleError
   */
  decodeXbzrle(encoded: number, length: number, page: number): number {
    this.#check(encoded, length, 1);
    this.#check(page, this.pageSize, 1);
    if (length > this.pageSize) throw new XbzrleError("too-long", this.pageSize);
    const covered = this.#run.decodeXbzrle(encoded, length, page, this.pageSize);
    if (covered >= 0) return covered;
    throw new XbzrleError(DECODE_CODES[(-covered >> 16) - 1] ?? "truncated", -covered & 0xffff);
  }

  /** The engine traps outside of the memory, but on no other mistake, and not before it has written. The last of them may be `short` of bytes. */
  #check(at: number, count: number, size: number, short = 0): void {
    // Offsets and counts are what 32 bits hold: the test for that is also the fastest one for a whole number.
    if (at >>> 0 === at && count >>> 0 === count && at + count * size - short <= this.bytes.length) return;
    throw new RangeError(`${count} times ${size} bytes at ${at}: the memory has ${this.bytes.length}.`);
  }
}

/** To compile one takes ms; it is the same for all kernels of a kind. */
const MODULES = new Map<string, object>();

function moduleOf(code: string): object {
  const module = MODULES.get(code) ?? new wasm.Module(Buffer.from(code, "base64"));
  MODULES.set(code, module);
  return module;
}

/** How many characters the counter takes at once: a page of WebAssembly's memory. */
export const WINDOW = 65536;

/** To make the counter takes as long as to do without it for so many characters: a process that checks one pair never has it. */
const PAYS_AFTER = 8 << 20;

/**
 * How often a character has occurred in an ASCII text before each `step`-th place, up to the first such place behind the end. `step` is a
 * multiple of 16 that divides WINDOW. Undefined while too little was counted for this to pay, and where there is no WebAssembly with vectors.
 *
 * A dump is counted through twice, which takes JavaScript as long as JSON.parse takes for all of it; a function of WebAssembly looks at
 * sixteen characters at a time.
 */
export function countsBefore(text: string, mark: string, step: number): readonly number[] | undefined {
  asked += text.length;
  if (asked < PAYS_AFTER) return undefined;
  counter ??= makeCounter();
  if (counter === "none") return undefined;
  const { count, view } = counter;
  const code = mark.charCodeAt(0);
  const counts = [0];
  let sum = 0;
  for (let start = 0; start < text.length; start += WINDOW) {
    const filled = view.write(text.slice(start, start + WINDOW), "latin1");
    // No mark is code 0.
    if (filled < WINDOW) view.fill(0, filled);
    for (let at = 0; at < filled; at += step) {
      sum += count(at, at + step, code);
      counts.push(sum);
    }
  }
  return counts;
}

interface Counter {
  readonly count: (from: number, to: number, code: number) => number;
  /** The memory that is counted in. */
  readonly view: Buffer;
}

let asked = 0;
let counter: Counter | "none" | undefined;

/** As much of it as is used here: the types of ECMAScript alone do not know it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => { readonly exports: { readonly memory: { readonly buffer: ArrayBuffer } } & Pick<Counter, "count"> };
};

function makeCounter(): Counter | "none" {
  try {
    const { memory, count } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes())).exports;
    return { count, view: Buffer.from(memory.buffer) };
  } catch {
    return "none";
  }
}

/** A module with one page of memory and one function; its text form stands above the bytes. */
const moduleBytes = (): Uint8Array =>
  Uint8Array.from([
    ...[0, ...Buffer.from("asm"), 1, 0, 0, 0],
    // (type (func (param i32 i32 i32) (result i32)))
    ...[1, 8, 1, 0x60, 3, 0x7f, 0x7f, 0x7f, 1, 0x7f],
    // (func (type 0)) (memory 1)
    ...[3, 2, 1, 0, 5, 3, 1, 0, 1],
    // (export "memory" (memory 0)) (export "count" (func 0))
    ...[7, 18, 2, 6, ...Buffer.from("memory"), 2, 0, 5, ...Buffer.from("count"), 0, 0],
    // code: (local $sum i32) (local $all v128), behind the parameters $from $to $code
    ...[10, 49, 1, 47, 2, 1, 0x7f, 1, 0x7b],
    // (local.set $all (i8x16.splat (local.get $code)))
    ...[0x20, 2, 0xfd, 15, 0x21, 4],
    // (loop $next
    ...[0x03, 0x40],
    //   (local.get $sum) (i8x16.eq (v128.load (local.get $from)) (local.get $all))
    ...[0x20, 3, 0x20, 0, 0xfd, 0, 4, 0, 0x20, 4, 0xfd, 35],
    //   i8x16.bitmask i32.popcnt i32.add (local.set $sum)
    ...[0xfd, 100, 0x69, 0x6a, 0x21, 3],
    //   (local.tee $from (i32.add (local.get $from) (i32.const 16)))
    ...[0x20, 0, 0x41, 16, 0x6a, 0x22, 0],
    //   (br_if $next (i32.lt_u (local.get $to))))
    ...[0x20, 1, 0x49, 0x0d, 0, 0x0b],
    // (local.get $sum))
    ...[0x20, 3, 0x0b],
  ]);

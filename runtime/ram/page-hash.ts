// FORMAT.md, Page hash, word by word: the kernel's hash is this one, at many times the speed.
const STRIPE = 64;
const LANES = STRIPE / 4;
const [MULTIPLIER_A, MULTIPLIER_B] = [0x3c6ef373, 0xa54ff53b];
const [MULTIPLIER_C, MULTIPLIER_H] = [0x510e527fade682d1n, 0x9b05688c2b3e6c1fn];

/** The 64-bit hash of a page, whose size must be a multiple of 64. No proof against one who makes pages that collide on purpose. */
export function pageHash(page: Uint8Array): bigint {
  if (page.length === 0 || page.length % STRIPE !== 0) throw new RangeError(`A page of ${page.length} bytes: not a multiple of ${STRIPE}.`);
  const { a, b } = lanes(page);
  let hash = BigInt(page.length);
  for (let column = 0; column < 4; column++) {
    let sum = 0n;
    for (let lane = column; lane < LANES; lane += 4) {
      const both = BigInt((a[lane] as number) >>> 0) | (BigInt((b[lane] as number) >>> 0) << 32n);
      sum = step(sum ^ both, MULTIPLIER_C, 32n);
    }
    hash = step(hash ^ sum, MULTIPLIER_H, 29n);
  }
  return step(hash, MULTIPLIER_C, 32n);
}

function lanes(page: Uint8Array): { readonly a: Int32Array; readonly b: Int32Array } {
  const [a, b] = [new Int32Array(LANES).fill(0x6a09e667), new Int32Array(LANES).fill(0xbb67ae85)];
  const view = new DataView(page.buffer, page.byteOffset, page.length);
  for (let at = 0; at < page.length; at += 4) {
    const lane = (at >> 2) % LANES;
    const word = view.getInt32(at, true);
    const sum = Math.imul((a[lane] as number) + word, MULTIPLIER_A);
    a[lane] = sum ^ (sum >>> 15);
    const mixed = Math.imul((b[lane] as number) ^ word, MULTIPLIER_B);
    b[lane] = mixed ^ (mixed >>> 13);
  }
  return { a, b };
}

function step(value: bigint, multiplier: bigint, shift: bigint): bigint {
  const product = BigInt.asUintN(64, value * multiplier);
  return product ^ (product >> shift);
}

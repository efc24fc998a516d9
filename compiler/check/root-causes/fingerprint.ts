/**
 * Sixteen hex digits that stand for a text: two 32-bit FNV-1a hashes with different bases, mixed at the end. It names findings and
 * guards nothing, and loading a cryptographic hash would cost a tenth of a check's time. Never change it: baselines hold its results.
 */
export function fingerprintOf(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x7ee3623b;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ (code + at), 0x01000193);
  }
  return hex(mix(low)) + hex(mix(high ^ low));
}

function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, "0");
}

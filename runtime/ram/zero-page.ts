const ZEROS = Buffer.alloc(0x1000);

/** Whether all bytes from `start` to before `end` are 0. For bytes anywhere; what lies in a kernel's memory is asked there. */
export function isZero(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  if (!(start >= 0 && start <= end && end <= bytes.length)) throw new RangeError(`Bytes ${start} to ${end} of ${bytes.length}.`);
  // Most pages that are not zero show it here, which is cheaper than a call.
  if (start < end && bytes[start] !== 0) return false;
  for (let at = start; at < end; at += ZEROS.length) {
    const until = Math.min(at + ZEROS.length, end);
    if (ZEROS.compare(bytes, at, until, 0, until - at) !== 0) return false;
  }
  return true;
}

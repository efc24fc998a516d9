/** A bigint is split into words through memory that is seen as both: shifts and masks of bigints cost twenty times as much. */
export const S64 = new BigInt64Array(1);
const words = new Int32Array(S64.buffer);
export const S32 = words;

/** Which of the two words is the high one on this machine. */
S64[0] = 1n;
export const HIGH = words[0] === 1 ? 1 : 0;
export const LOW = 1 - HIGH;

import type { DirtyBitmap } from "./dirty-bitmap.ts";
import type { Guest } from "./guest.ts";
import { allWork, GAP_BEGAN, guestPage, LONGEST_GAP } from "./guest-page.ts";
import type { GuestTruth } from "./guest-truth.ts";
import { type VerifyOptions, verifyRam } from "./verify-ram.ts";

/** What a guest of our own says of itself, from its first page and from the truth. */
export function guestAccount(
  options: Omit<VerifyOptions, "isPartial"> & { readonly incoming: boolean; readonly dirty: DirtyBitmap },
): Pick<Guest, "progress"> & Omit<GuestTruth, "truthDigest"> {
  const { ram, truth, incoming, dirty } = options;
  const page0 = guestPage(ram.buffer);
  const ms = (word: number): number => Number(Atomics.load(page0, word)) / 1e6;
  return {
    truth,
    progress: () => allWork(page0),
    stall: () => ({ largestGapMs: ms(LONGEST_GAP), at: ms(GAP_BEGAN) }),
    resetStall: () => {
      Atomics.store(page0, LONGEST_GAP, 0n);
      Atomics.store(page0, GAP_BEGAN, 0n);
      dirty.mark(0);
    },
    verify: (of) => verifyRam({ ...options, truth: of ?? truth, isPartial: incoming && of === undefined }),
  };
}

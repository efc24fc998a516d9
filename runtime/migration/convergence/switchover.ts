import { AGREEING } from "./bandwidth.ts";
import { pageCost } from "./page-cost.ts";

/** In ms. */
export interface PauseLimits {
  readonly downtimeLimit: number;
  /** What a pause costs apart from memory: devices, the last look at the dirty bitmap, the destination's load. */
  readonly fixed: number;
}

export interface Rest {
  /** Bytes a second; undefined until it is measured. */
  readonly bandwidth: number | undefined;
  /** Bytes that were sent and not yet taken: the pause waits for them too. None where the destination does not say. */
  readonly onTheWay: number;
  /** Right after a look at the dirty bitmap: pages that became dirty since one are not in it. */
  readonly remainingPages: number;
  readonly pageSize: number;
  /** Whether pages are left of a pass over the memory. */
  readonly isWithinPass?: boolean;
}

export interface Pause {
  /** Pages that it has time for; undefined until the bandwidth is measured, as is its length. */
  readonly pages: number | undefined;
  readonly milliseconds: number | undefined;
  /** The guest is to be stopped now. */
  readonly isTime: boolean;
}

/** Memory has that share of the limit even where the rest needs it all: such a limit cannot be kept, and is missed by little then. */
const LEAST_SHARE = 0.1;
/** A rest that is not worth a measurement: a guest that has nothing more to send would wait for one in vain. */
const FEW_BYTES = 16 * 4104;

/** Within a pass, what is sent while the guest still runs costs it nothing: it is not stopped there for a pause longer than that share. */
const SHARE_WITHIN_PASS = 1 / 2;

/** When the guest is to be stopped: as soon as what is left fits into the limit, with room for a connection that slows down. */
export function reckonPause({ downtimeLimit, fixed }: PauseLimits, rest: Rest): Pause {
  const { bandwidth, onTheWay, remainingPages, pageSize, isWithinPass = false } = rest;
  const bytesLeft = onTheWay + remainingPages * pageCost(pageSize);
  if (bandwidth === undefined) return { pages: undefined, milliseconds: undefined, isTime: bytesLeft <= FEW_BYTES };
  const forMemory = Math.max(downtimeLimit - fixed, downtimeLimit * LEAST_SHARE);
  const most = ((bandwidth / AGREEING) * forMemory) / 1000;
  // One page is always left to a guest that keeps a clock in its memory: without it, nothing would end where the limit is less than a page.
  const pagesOf = (bytes: number): number => Math.max(1, Math.floor((bytes - onTheWay) / pageCost(pageSize)));
  const pages = pagesOf(most);
  const isTime = remainingPages <= (isWithinPass ? pagesOf(most * SHARE_WITHIN_PASS) : pages);
  return { pages, milliseconds: fixed + (bytesLeft / bandwidth) * 1000, isTime };
}

/** Ms of a pause that neither pages nor records take: threads that park, devices that are saved, sent and loaded. */
export const USUAL_FIXED = 15;

/** What `query-migrate` calls `ram`, by the same names and with the same meanings, as far as they exist. */
export interface RamStatistics {
  transferred: number;
  remaining: number;
  readonly total: number;
  /** Zero pages. */
  duplicate: number;
  /** Pages that were sent as they are. */
  normal: number;
  "normal-bytes": number;
  "dirty-pages-rate": number;
  /** Megabits a second. */
  mbps: number;
  "dirty-sync-count": number;
  readonly "page-size": number;
  "downtime-bytes": number;
  "postcopy-bytes": number;
}

/** What `query-migrate` calls `xbzrle-cache`. */
export interface XbzrleStatistics {
  readonly "cache-size": number;
  bytes: number;
  pages: number;
  "cache-miss": number;
  overflow: number;
}

export function ramStatistics(total: number, pageSize: number): RamStatistics {
  return {
    transferred: 0,
    remaining: total,
    total,
    duplicate: 0,
    normal: 0,
    "normal-bytes": 0,
    "dirty-pages-rate": 0,
    mbps: 0,
    "dirty-sync-count": 0,
    "page-size": pageSize,
    "downtime-bytes": 0,
    "postcopy-bytes": 0,
  };
}

export function xbzrleStatistics(cacheSize: number): XbzrleStatistics {
  return { "cache-size": cacheSize, bytes: 0, pages: 0, "cache-miss": 0, overflow: 0 };
}

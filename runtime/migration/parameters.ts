/** What a user sets of a move. Where QEMU has the same, its name, unit and default are QEMU's. */
export interface Parameters {
  /** Bytes a second that the move may use while the guest runs; 0 for as many as there are. */
  readonly maxBandwidth: number;
  /** Longest pause, in ms. */
  readonly downtimeLimit: number;
  /** Bytes; 0 sends every page whole. */
  readonly xbzrleCacheSize: number;
  /** Further connections that pages go over. */
  readonly channels: number;
  /** Waits before the guest is paused until it is told to go on. */
  readonly pauseBeforeSwitchover: boolean;
  /** Pages that the guest has not got yet may be left for after it runs at the destination. */
  readonly postcopy: boolean;
  /** The dirty bitmap is looked at that often even within a pass, in ms. */
  readonly syncPeriod: number;
  /** How long one side waits for a word of the other, in ms. */
  readonly timeout: number;
  /** How often the source connects again when a connection breaks while the guest runs. */
  readonly retries: number;
  /** Cleans up within the pause. Only to show what that costs. */
  readonly eagerCleanup: boolean;
}

/** What cannot be together, as a sentence; undefined where all can be. */
export function conflictIn({ channels, xbzrleCacheSize, postcopy }: Parameters): string | undefined {
  if (channels > 0 && xbzrleCacheSize > 0) return "Differences of pages (xbzrle) go over one connection only, not over further channels.";
  if (channels > 0 && postcopy) return "Post-copy goes over one connection only, not over further channels.";
  return undefined;
}

/** What may be set while a move lasts. */
export type Adjustable = Pick<Parameters, "maxBandwidth" | "downtimeLimit">;

export const DEFAULTS: Parameters = {
  maxBandwidth: 0,
  downtimeLimit: 300,
  xbzrleCacheSize: 0,
  channels: 0,
  pauseBeforeSwitchover: false,
  postcopy: false,
  syncPeriod: 1000,
  timeout: 10_000,
  retries: 3,
  eagerCleanup: false,
};

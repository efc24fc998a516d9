/** What goes over the wire, by the part of a move that it belongs to. */
export type WireStep = "hello" | "setup" | "precopy" | "ram-end" | "devices" | "ready" | "grant" | "running" | "postcopy";

/** Where in a piece of the wire's bytes a step begins. */
export interface Begin {
  readonly step: WireStep;
  readonly at: number;
}

/** Bytes of a frame's mark and length. */
export const FRAME_HEAD = 8;

/** What is first in it behind them. */
const KIND = '{"kind":"';

export const STEP_OF_KIND: Readonly<Record<string, WireStep>> = {
  hello: "hello",
  again: "hello",
  accept: "hello",
  refuse: "hello",
  ready: "ready",
  grant: "grant",
  running: "running",
  "running-postcopy": "running",
};

/** What comes behind such a frame. */
const BEHIND: Readonly<Record<string, WireStep>> = { accept: "precopy", grant: "postcopy", "running-postcopy": "postcopy" };

/** Finds frames in pieces that each hold their frames whole, as they do: who says one sends it at once. */
export function framesIn(): (bytes: Buffer, at: number) => readonly Begin[] {
  let behind: WireStep | undefined;
  return (bytes, at) => {
    const begins: Begin[] = [];
    let found = bytes.indexOf(KIND);
    if (behind !== undefined && found !== FRAME_HEAD) {
      begins.push({ step: behind, at });
      behind = undefined;
    }
    for (; found >= 0; found = bytes.indexOf(KIND, found + 1)) {
      const from = found + KIND.length;
      const kind = bytes.toString("latin1", from, bytes.indexOf('"', from));
      const step = STEP_OF_KIND[kind];
      if (step !== undefined) begins.push({ step, at: Math.max(at + found - FRAME_HEAD, at) });
      behind = BEHIND[kind] ?? behind;
    }
    return begins;
  };
}

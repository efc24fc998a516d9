/** What goes over the wire, by the part of a move that it belongs to. */
export type WireStep = "hello" | "setup" | "precopy" | "ram-end" | "devices" | "ready" | "grant" | "running" | "postcopy";

export type Direction = "there" | "back";

/** Where in a piece of the wire's bytes a step begins. */
export interface Begin {
  readonly step: WireStep;
  readonly at: number;
}

/** Head of a record of a checked channel, which begins with "VMSR". */
const [HEAD, RECORD] = [16, 0x564d5352];

/**
 * Finds in what goes over a connection where its steps begin, piece by piece, at the byte that begins one. It knows no more of the stream
 * than that needs, and nothing behind the first device but frames.
 */
export class WireSteps {
  readonly #find: (bytes: Buffer, at: number) => readonly Begin[];
  #head = Buffer.alloc(0);
  /** Of the record's body that has not come; Infinity where there are no records. */
  #left = 0;

  constructor(direction: Direction) {
    this.#find = direction === "there" ? stepsThere() : stepsBack();
  }

  feed(piece: Buffer): readonly Begin[] {
    const begins: Begin[] = [];
    for (let at = 0; at < piece.length; ) {
      if (this.#left === 0) {
        const head = piece.subarray(at, at + HEAD - this.#head.length);
        this.#head = Buffer.concat([this.#head, head]);
        if (this.#head.length >= 4 && this.#head.readUInt32BE() !== RECORD) this.#left = Number.POSITIVE_INFINITY;
        else {
          at += head.length;
          if (this.#head.length < HEAD) continue;
          this.#left = this.#head.readUInt32BE(4);
          this.#head = Buffer.alloc(0);
        }
      } else {
        const body = piece.subarray(at, at + this.#left);
        begins.push(...this.#find(body, at));
        this.#left -= body.length;
        at += body.length;
      }
    }
    return begins;
  }
}

/** A frame's kind stands first in it, behind its mark and length. */
const [KIND, FRAME_HEAD] = ['{"kind":"', 8];

const STEP_OF_KIND: Readonly<Record<string, WireStep>> = {
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
function framesIn(): (bytes: Buffer, at: number) => readonly Begin[] {
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

const stepsBack = framesIn;

function stepsThere(): (bytes: Buffer, at: number) => readonly Begin[] {
  const frames = framesIn();
  let begins: Begin[] = [];
  let [place, start] = [0, 0];
  const parser = parseThere((step, back) => begins.push({ step, at: Math.max(start, place - back) }));
  let wanted = parser.next();
  let held = Buffer.alloc(0);
  return (bytes, at) => {
    [begins, start] = [[], at];
    for (let used = 0; used < bytes.length; ) {
      if (wanted.done === true) return [...begins, ...frames(bytes.subarray(used), at + used)];
      const rest = bytes.subarray(used, used + wanted.value - held.length);
      used += rest.length;
      held = Buffer.concat([held, rest]);
      if (held.length < wanted.value) break;
      place = at + used;
      const whole = held;
      held = Buffer.alloc(0);
      wanted = parser.next(whole);
    }
    return begins;
  };
}

const [FRAME, STREAM] = [0x56, 0x51];
const TYPE = { start: 1, part: 2, end: 3, full: 4, command: 8 };
const PACKAGED = 7;

/** Asks for so many bytes at a time; says which step begins so many bytes before the last of them. Ends with the first device. */
function* parseThere(begin: (step: WireStep, back: number) => void): Generator<number, void, Buffer> {
  for (;;) {
    const type = (yield 1)[0];
    if (type === FRAME) {
      const length = (yield FRAME_HEAD - 1).readUInt32BE(3);
      const kind = /^\{"kind":"([^"]*)"/.exec((yield length).toString("latin1"))?.[1] ?? "";
      const step = STEP_OF_KIND[kind];
      if (step !== undefined) begin(step, length + FRAME_HEAD);
    } else if (type === STREAM) {
      begin("setup", 1);
      yield 7;
    } else if (type === TYPE.start) {
      yield 4;
      yield (yield 1)[0] as number;
      yield 8;
      yield* parsePages();
    } else if (type === TYPE.part || type === TYPE.end) {
      begin(type === TYPE.part ? "precopy" : "ram-end", 1);
      yield 4;
      yield* parsePages();
    } else if (type === TYPE.command) {
      const head = yield 4;
      if (head.readUInt16BE() === PACKAGED) {
        begin("devices", 5);
        return;
      }
      const length = head.readUInt16BE(2);
      if (length > 0) yield length;
    } else {
      if (type === TYPE.full) begin("devices", 1);
      return;
    }
  }
}

const FLAG = { zero: 0x02, size: 0x04, page: 0x08, eos: 0x10, sameBlock: 0x20 };

function* parsePages(): Generator<number, void, Buffer> {
  for (;;) {
    const word = (yield 8).readBigUInt64BE();
    const flags = Number(word & 0xfffn);
    if ((flags & FLAG.eos) !== 0) return;
    if ((flags & FLAG.size) !== 0) {
      for (let left = word & ~0xfffn; left > 0n; ) {
        yield (yield 1)[0] as number;
        left -= (yield 8).readBigUInt64BE();
      }
      continue;
    }
    if ((flags & (FLAG.zero | FLAG.page)) === 0) continue;
    if ((flags & FLAG.sameBlock) === 0) yield (yield 1)[0] as number;
    yield (flags & FLAG.page) !== 0 ? 4096 : 1;
  }
}

import { FRAME_HEAD, STEP_OF_KIND, type WireStep } from "./steps-of-frames.ts";

const [FRAME, STREAM] = [0x56, 0x51];
const TYPE = { start: 1, part: 2, end: 3, full: 4, command: 8 };
const PACKAGED = 7;

/** Asks for so many bytes at a time; says which step begins so many bytes before the last of them. Ends with the first device. */
export function* parseThere(begin: (step: WireStep, back: number) => void): Generator<number, void, Buffer> {
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

import { parseThere } from "./parse-stream.ts";
import { type Begin, framesIn } from "./steps-of-frames.ts";

export type Direction = "there" | "back";

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
    this.#find = direction === "there" ? stepsThere() : framesIn();
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

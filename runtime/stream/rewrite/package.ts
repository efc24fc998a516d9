import type { CommandItem } from "../item.ts";
import { itemToJson, writeItem } from "../json/document.ts";
import { Out } from "../out.ts";
import { RewriteError } from "./edits.ts";

/** Most bytes of a package, which is the devices' state. */
const MOST = 1 << 28;

/** Where a stream is written to: what a package holds is gathered first, as its length stands before it. */
export class Package {
  readonly #outer: Out;
  #inner: { readonly out: Out; readonly pieces: Buffer[]; readonly command: CommandItem; readonly end: number } | undefined;

  constructor(out: Out) {
    this.#outer = out;
  }

  get current(): Out {
    return this.#inner?.out ?? this.#outer;
  }

  /** Begins a package, whose command is written once its length is known. */
  open(command: CommandItem): void {
    this.reach(Number.POSITIVE_INFINITY);
    const { payload, at, bytes } = command;
    const length = new DataView(payload.buffer, payload.byteOffset).getUint32(0);
    const pieces: Buffer[] = [];
    let gathered = 0;
    const out = new Out((piece) => {
      gathered += piece.length;
      if (gathered > MOST) throw new RewriteError(`The package that begins at offset ${at} has more than ${MOST} bytes.`);
      pieces.push(Buffer.from(piece));
    });
    this.#inner = { out, pieces, command, end: at + bytes + length };
  }

  /** Says where in the stream that is read the next item lies: at its end a package is complete. */
  reach(at: number): void {
    const inner = this.#inner;
    if (inner === undefined || at < inner.end) return;
    this.#inner = undefined;
    inner.out.flush();
    const payload = Buffer.alloc(4);
    payload.writeUInt32BE(inner.pieces.reduce((sum, { length }) => sum + length, 0));
    writeItem(this.#outer, itemToJson({ ...inner.command, payload }), "command", undefined);
    for (const piece of inner.pieces) this.#outer.put(piece);
  }
}

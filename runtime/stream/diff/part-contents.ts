import { createHash } from "node:crypto";
import { isZero } from "../../ram/zero-page.ts";
import type { BitmapChunkItem, DiskItem, OpaqueItem } from "../item.ts";
import type { Differs } from "./difference.ts";

/** What was sent last of a piece, and where. */
interface Sent {
  readonly at: number;
  readonly hash: string;
}

/** What a section other than RAM sent in parts: of each piece the last. */
export class PartContents {
  readonly #pieces = new Map<string, Sent>();
  #node = "";
  #bitmap = "";
  #opaque = { at: 0, hash: createHash("sha256"), bytes: 0 };

  disk({ at, device, sector, data }: DiskItem): void {
    if (device !== undefined) this.#pieces.set(`disk ${device}, sector ${sector}`, { at, hash: hashOf(data) });
  }

  bitmap({ at, node, bitmap, start, bits }: BitmapChunkItem): void {
    this.#node = node ?? this.#node;
    this.#bitmap = bitmap ?? this.#bitmap;
    const name = `bitmap ${this.#bitmap} of ${this.#node}`;
    if (start !== undefined) this.#pieces.set(name, { at, hash: `${start.granularity} ${start.flags}` });
    if (bits !== undefined) this.#pieces.set(`${name}, sector ${bits.sector}`, { at, hash: `${bits.sectors} ${hashOf(bits.data)}` });
  }

  opaque({ at, data }: OpaqueItem): void {
    if (this.#opaque.bytes === 0) this.#opaque.at = at;
    this.#opaque.bytes += data.length;
    this.#opaque.hash.update(data);
  }

  diff(other: PartContents, section: string, differs: Differs): void {
    const [a, b] = [this.#all(), other.#all()];
    for (const what of new Set([...a.keys(), ...b.keys()])) {
      const [one, two] = [a.get(what), b.get(what)];
      if (one?.hash !== two?.hash) differs({ difference: "part", section, what, a: one?.at ?? null, b: two?.at ?? null });
    }
  }

  #all(): ReadonlyMap<string, Sent> {
    const { at, hash, bytes } = this.#opaque;
    return bytes === 0 ? this.#pieces : new Map([...this.#pieces, ["bytes", { at, hash: hash.copy().digest("hex") }]]);
  }
}

/** Nothing stands for zeros. */
function hashOf(data: Uint8Array | undefined): string {
  return data === undefined || isZero(data) ? "0" : createHash("sha256").update(data).digest("base64");
}

import { PAGE_SIZE } from "../format.ts";
import type { PageKind, PageRecord } from "../item.ts";
import type { Out } from "../out.ts";
import { writePage } from "../write-page.ts";
import { base64, type Members } from "./members.ts";

/** Payloads of pages that are kept beside a document, one after the other in the order of the wire. */
export interface Payloads {
  readonly put: (bytes: Uint8Array) => void;
}

export interface PayloadSource {
  /** The next bytes; fewer at the end. */
  readonly take: (count: number) => Uint8Array;
}

/** A run of records of pages, one behind the other, as it stands in a document. */
export interface PageRun {
  readonly item: PageKind;
  readonly at: number;
  readonly block?: string;
  readonly offset: number;
  /** Bytes of a page where they are not 4096. */
  readonly pageSize?: number;
  /** Pages of the run. */
  pages?: number;
  readonly mark?: number;
  /** Payload in base64; or, when it is kept apart, its bytes. */
  readonly data?: string | number;
}

/** What kinds of records may be joined: those whose payload is of fixed size. */
const JOINED: ReadonlySet<PageKind> = new Set(["zero", "page", "mapped", "multifd"]);

/** What `mark` mostly is, and then is left out. */
const USUAL: Readonly<Record<PageKind, number>> = { zero: 0, page: 0, xbzrle: 1, compressed: 0, mapped: 1, multifd: 0 };

/** Joins what stands side by side, and hands each run on once it is complete. */
export class PageRuns {
  #run: PageRun | undefined;
  #next = 0;
  readonly #payloads: Payloads | undefined;
  readonly #emit: (run: PageRun) => void;

  constructor(payloads: Payloads | undefined, emit: (run: PageRun) => void) {
    this.#payloads = payloads;
    this.#emit = emit;
  }

  add(record: PageRecord, bytes: Uint8Array): void {
    const { kind, named, block, offset, mark, from, to, at, pageSize } = record;
    const run = this.#run;
    const isApart = this.#payloads !== undefined;
    if (kind !== "zero") this.#payloads?.put(bytes.subarray(from, to));
    const joins = JOINED.has(kind) && (kind === "zero" || isApart);
    if (joins && run?.item === kind && !named && offset === this.#next && (run.mark ?? USUAL[kind]) === mark) {
      run.pages = (run.pages ?? 0) + 1;
      this.#next += pageSize;
      return;
    }
    this.flush();
    this.#next = offset + pageSize;
    this.#run = {
      item: kind,
      at,
      ...(named ? { block } : {}),
      offset,
      ...(pageSize === PAGE_SIZE ? {} : { pageSize }),
      ...(joins ? { pages: 1 } : {}),
      ...(mark === USUAL[kind] ? {} : { mark }),
      ...(joins ? {} : { data: isApart ? to - from : base64(bytes.subarray(from, to)) }),
    };
  }

  flush(): void {
    if (this.#run !== undefined) this.#emit(this.#run);
    this.#run = undefined;
  }
}

/** Writes a run's records again. */
export function writePages(out: Out, kind: PageKind, json: Members, payloads: PayloadSource | undefined): void {
  const pageSize = json.number("pageSize", 2 ** 30, PAGE_SIZE);
  const pages = json.size("pages", 1);
  const mark = json.number("mark", 255, USUAL[kind]);
  let offset = json.word("offset");
  for (let page = 0; page < pages; page++, offset += pageSize) {
    const isNamed = page === 0 && json.get("block") !== undefined;
    const payload = kind === "zero" ? NOTHING : payloadOf(json, pageSize, payloads);
    writePage(out, { kind, offset, mark, ...(isNamed ? { block: json.name("block") } : {}) }, payload);
  }
}

const NOTHING = new Uint8Array(0);

function payloadOf(json: Members, pageSize: number, payloads: PayloadSource | undefined): Uint8Array {
  if (typeof json.get("data") === "string") return json.base64("data");
  const bytes = json.get("data") === undefined ? pageSize : json.size("data");
  const payload = payloads?.take(bytes);
  if (payload === undefined) throw json.wrong("missing", "data", "is kept apart in a file of its own, which --ram names");
  if (payload.length < bytes)
    throw json.wrong("length", "data", `has ${bytes} bytes, of which the file of payloads has only ${payload.length}`);
  return payload;
}

/** What is wrong with an encoded page. */
export type XbzrleCode = "truncated" | "long-count" | "empty-run" | "page-overrun" | "input-overrun" | "too-long";

/** In the order of the reasons that the kernel gives, which count from 1. */
export const DECODE_CODES = [
  "truncated",
  "long-count",
  "empty-run",
  "page-overrun",
  "input-overrun",
] as const satisfies readonly XbzrleCode[];

const SENTENCES: Readonly<Record<XbzrleCode, string>> = {
  truncated: "Fewer than 2 bytes are left where a run begins.",
  "long-count": "The count of a run has more than 14 bits.",
  "empty-run": "A run is empty that may not be.",
  "page-overrun": "A run goes beyond the end of the page.",
  "input-overrun": "A run of literal bytes goes beyond the end of the encoded bytes.",
  "too-long": "The encoded bytes are more than the page has.",
};

/** Bytes that are no encoded page: hostile or damaged. The runs before the one that is wrong are on the page by then. */
export class XbzrleError extends Error {
  override readonly name = "XbzrleError";
  readonly code: XbzrleCode;
  /** Offset into the encoded bytes: of the count of the run that is wrong; of the first byte too many. */
  readonly offset: number;

  constructor(code: XbzrleCode, offset: number) {
    super(`XBZRLE, byte ${offset}: ${SENTENCES[code]}`);
    this.code = code;
    this.offset = offset;
  }
}

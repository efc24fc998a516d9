import { crc32 } from "node:zlib";
import { DirtyLogError } from "./dirty-log-error.ts";
import { type LoggedBlock, MAGIC, MAX_PAGE_SIZE, MOST_BLOCKS, MOST_PAGES, VERSION } from "./format.ts";
import type { SourceReader } from "./source-reader.ts";

export interface LogHeader {
  readonly pageSize: number;
  readonly blocks: readonly LoggedBlock[];
  readonly pages: number;
}

/** @throws DirtyLogError */
export function readHeader(reader: SourceReader): LogHeader {
  let sum = 0;
  const take = (length: number, path: string): DataView => {
    const bytes = reader.take(length);
    if (bytes === undefined) throw new DirtyLogError("header", reader.offset, path, `The log ends in its header, in '${path}'.`);
    sum = crc32(bytes, sum);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  };
  const refuse = (path: string, back: number, message: string): never => {
    throw new DirtyLogError("header", reader.offset - back, path, message);
  };
  readMagic(reader, (bytes) => {
    sum = crc32(bytes, sum);
  });
  const version = take(4, "header/version").getUint32(0);
  if (version !== VERSION) {
    throw new DirtyLogError("version", MAGIC.length, "header/version", `The log has version ${version}; version ${VERSION} is read.`);
  }
  const pageSize = take(4, "header/pageSize").getUint32(0);
  if (pageSize === 0 || pageSize > MAX_PAGE_SIZE || !Number.isInteger(Math.log2(pageSize)))
    refuse("header/pageSize", 4, `Pages have ${pageSize} bytes; a power of two up to ${MAX_PAGE_SIZE} is taken.`);
  const count = take(4, "header/blocks").getUint32(0);
  if (count === 0 || count > MOST_BLOCKS) refuse("header/blocks", 4, `There are ${count} blocks; 1 to ${MOST_BLOCKS} are taken.`);
  const blocks: LoggedBlock[] = [];
  let pages = 0;
  for (let index = 0; index < count; index++) {
    const path = `header/blocks[${index}]`;
    const length = take(1, `${path}.id`).getUint8(0);
    const name = take(length, `${path}.id`);
    const id = Buffer.from(name.buffer, name.byteOffset, length).toString();
    const size = Number(take(8, `${path}.size`).getBigUint64(0));
    const own = size / pageSize;
    if (!Number.isInteger(own)) refuse(`${path}.size`, 8, `Block '${id}' has ${size} bytes, not whole pages of ${pageSize}.`);
    if (pages + own > MOST_PAGES) refuse(`${path}.size`, 8, `There are more than ${MOST_PAGES} pages up to block '${id}'.`);
    blocks.push({ id, pages: own, firstPage: pages });
    pages += own;
  }
  const [at, expected] = [reader.offset, sum];
  if (take(4, "header/crc").getUint32(0) !== expected)
    throw new DirtyLogError("header", at, "header/crc", "The checksum of the header is wrong.");
  return { pageSize, blocks, pages };
}

function readMagic(reader: SourceReader, taken: (bytes: Uint8Array) => void): void {
  const bytes = reader.take(MAGIC.length);
  if (bytes === undefined || Buffer.compare(bytes, MAGIC) !== 0)
    throw new DirtyLogError("not-a-log", 0, "header/magic", "This is no dirty log: it does not begin with VMDIRTY.");
  taken(bytes);
}

// A bitmap is u32 words, bit 0 of the first the first page. What stands behind the last page's bit does not count.

/** Writes the numbers of the pages whose bit is set, ascending, and gives how many there are; `into` must have room for all. */
export function scanPages(bitmap: Uint32Array, pages: number, into: Uint32Array): number {
  const words = wordsOf(bitmap, pages);
  let count = 0;
  for (let index = 0; index < words; index++) {
    let word = wordAt(bitmap, index, pages);
    for (; word !== 0; word &= word - 1) {
      if (count === into.length) throw new RangeError(`There is room for ${count} pages; more are dirty.`);
      into[count++] = index * 32 + (31 - Math.clz32(word & -word));
    }
  }
  return count;
}

/** Writes each run of set bits as its first page and the page behind its last, and gives how many runs there are. */
export function scanRuns(bitmap: Uint32Array, pages: number, into: Uint32Array): number {
  const words = wordsOf(bitmap, pages);
  let [count, before] = [0, 0];
  const edge = (page: number): void => {
    if (count === into.length) throw new RangeError(`There is room for ${count / 2} runs; there are more.`);
    into[count++] = page;
  };
  for (let index = 0; index < words; index++) {
    const word = wordAt(bitmap, index, pages);
    // A run begins or ends wherever a bit differs from the one before it.
    for (let edges = word ^ ((word << 1) | before); edges !== 0; edges &= edges - 1) edge(index * 32 + (31 - Math.clz32(edges & -edges)));
    before = word >>> 31;
  }
  if (before === 1) edge(pages);
  return count >> 1;
}

function wordsOf(bitmap: Uint32Array, pages: number): number {
  const words = Math.ceil(pages / 32);
  if (!(Number.isInteger(pages) && pages >= 0 && words <= bitmap.length)) throw new RangeError(`${pages} pages in ${bitmap.length} words.`);
  return words;
}

function wordAt(bitmap: Uint32Array, index: number, pages: number): number {
  const word = bitmap[index] as number;
  const bits = pages - index * 32;
  return bits < 32 ? word & ((1 << bits) - 1) : word;
}

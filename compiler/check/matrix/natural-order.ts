/** Orders build names as people count versions: 7.2 before 10.0, 8.0-rc1 before 8.0, 8.0 before 8.0-fc25. */
export function naturalOrder(a: string, b: string): number {
  const [left, right] = [chunksOf(a), chunksOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = compareChunks(left[at], right[at]);
    if (order !== 0) return order;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

const PRE_RELEASE = /^[-.~_]?(?:rc|alpha|beta|pre|dev)/i;

function chunksOf(name: string): string[] {
  return name.match(/\d+|\D+/g) ?? [];
}

function compareChunks(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -rankOfRest(b) : rankOfRest(a);
  if (/^\d/.test(a) && /^\d/.test(b)) return compareNumbers(a, b);
  const early = Number(PRE_RELEASE.test(b)) - Number(PRE_RELEASE.test(a));
  return early !== 0 ? early : a < b ? -1 : a > b ? 1 : 0;
}

/** Of digits, however many. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+(?=.)/, ""), b.replace(/^0+(?=.)/, "")];
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

/** Whether a name that goes on comes after the one that ends here. */
function rankOfRest(rest: string | undefined): number {
  return rest !== undefined && PRE_RELEASE.test(rest) ? -1 : 1;
}

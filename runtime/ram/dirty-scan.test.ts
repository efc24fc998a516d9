import fc from "fast-check";
import { expect, test } from "vitest";
import { scanPages, scanRuns } from "./dirty-scan.ts";
import { PageKernel } from "./page-kernel.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);

type Scan = (bitmap: Uint32Array, pages: number) => readonly number[];

interface Implementation {
  readonly name: string;
  readonly pages: Scan;
  readonly runs: Scan;
}

/** The bitmap ends where the memory does, and what is written has just the room that it must have. */
function onKernel(shared: boolean): Implementation {
  const kernel = new PageKernel({ bytes: 1 << 17, shared });
  const scan =
    (name: "pages" | "runs", roomFor: (pages: number) => number): Scan =>
    (bitmap, pages) => {
      const at = kernel.bytes.length - bitmap.byteLength;
      const room = roomFor(pages);
      kernel.words.set(bitmap, at / 4);
      kernel.words.fill(0xeeeeeeee, 0, room + 2);
      const into = 4;
      const count = kernel[name](at, pages, into) * (name === "runs" ? 2 : 1);
      expect(count).toBeLessThanOrEqual(room);
      expect(kernel.words[into / 4 + room]).toBe(0xeeeeeeee);
      return [...kernel.words.subarray(into / 4, into / 4 + count)];
    };
  return { name: "kernel", pages: scan("pages", (pages) => pages), runs: scan("runs", (pages) => 2 * Math.ceil(pages / 2)) };
}

const plain: Implementation = {
  name: "plain",
  pages: (bitmap, pages) => {
    const into = new Uint32Array(pages);
    return [...into.subarray(0, scanPages(bitmap, pages, into))];
  },
  runs: (bitmap, pages) => {
    const into = new Uint32Array(2 * Math.ceil(pages / 2));
    return [...into.subarray(0, 2 * scanRuns(bitmap, pages, into))];
  },
};

const isSet = (bitmap: Uint32Array, page: number): boolean => (((bitmap[Math.floor(page / 32)] ?? 0) >>> (page % 32)) & 1) === 1;

function modelPages(bitmap: Uint32Array, pages: number): readonly number[] {
  return [...Array(pages).keys()].filter((page) => isSet(bitmap, page));
}

function modelRuns(bitmap: Uint32Array, pages: number): readonly number[] {
  const edges: number[] = [];
  for (let page = 0; page <= pages; page++) {
    const [before, now] = [page > 0 && isSet(bitmap, page - 1), page < pages && isSet(bitmap, page)];
    if (before !== now) edges.push(page);
  }
  return edges;
}

/** Whole words of 64 bits: empty, full, with an edge at either end, or anything. */
const bitmaps = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom([0, 0], [-1, -1]) },
      fc.constantFrom([1, 0], [0, 1 << 31], [-2, -1], [-1, ~(1 << 31)], [0, -1], [-1, 0]),
      fc.tuple(fc.integer(), fc.integer()),
    ),
    { maxLength: 20 },
  )
  .map((words) => Uint32Array.from(words.flat()))
  .chain((bitmap) => fc.record({ bitmap: fc.constant(bitmap), short: fc.oneof(fc.constant(0), fc.nat(70)) }))
  .map(({ bitmap, short }) => ({ bitmap, pages: Math.max(0, bitmap.length * 32 - short) }))
  .map(({ bitmap, pages }) => ({ bitmap: bitmap.subarray(0, Math.ceil(pages / 64) * 2), pages }));

const asModel = ({ pages: scan, runs }: Pick<Implementation, "pages" | "runs">) =>
  fc.property(bitmaps, ({ bitmap, pages }) => {
    expect(scan(bitmap, pages)).toEqual(modelPages(bitmap, pages));
    expect(runs(bitmap, pages)).toEqual(modelRuns(bitmap, pages));
  });

for (const implementation of [plain, onKernel(false), { ...onKernel(true), name: "kernel, shared memory" }]) {
  test(`${implementation.name}: finds the pages and the runs that the model finds`, () => {
    fc.assert(asModel(implementation), { seed: SEED, numRuns: 400 });
  });
}

test("a scan that takes what stands behind the last page is found", () => {
  const careless: Scan = (bitmap) => modelPages(bitmap, bitmap.length * 32);
  expect(fc.check(asModel({ ...plain, pages: careless }), { seed: SEED }).failed).toBe(true);
});

test("a bitmap that is too short and a list without room are refused", () => {
  const bitmap = Uint32Array.of(-1, 5);
  expect(() => scanPages(bitmap, 65, new Uint32Array(65))).toThrow(RangeError);
  expect(() => scanPages(bitmap, 1.5, new Uint32Array(65))).toThrow(RangeError);
  expect(() => scanPages(bitmap, 64, new Uint32Array(33))).toThrow("There is room for 33 pages; more are dirty.");
  expect(() => scanRuns(bitmap, 64, new Uint32Array(3))).toThrow(RangeError);
});

import { createSyntheticGuest, type SyntheticGuest, type SyntheticOptions } from "../../runtime/guest/synthetic/synthetic-guest.ts";
import { UsageError } from "../command.ts";
import { byteCount, oneOf } from "../options.ts";
import { wholeNumber } from "./numbers.ts";

export const GUEST = {
  ram: { type: "string" },
  workload: { type: "string" },
  "working-set": { type: "string" },
  rate: { type: "string" },
  writers: { type: "string" },
  seed: { type: "string" },
} as const;

const WORKLOADS = ["idle", "sweep", "uniform", "zipf", "hot-and-cold", "bursts", "byte-a-page"] as const;

export const GUEST_HELP = `  --ram BYTES          memory of the guest; 64M when left out
  --workload NAME      ${WORKLOADS.slice(0, -1).join(", ")} or ${WORKLOADS.at(-1)}; uniform when left out
  --working-set BYTES  memory that it writes to; all when left out
  --rate PAGES         pages that it writes to in a second; as many as it can when left out
  --writers N          threads, 1 (when left out) to 8
  --seed N             what it writes follows from this; 1 when left out
`;

const PAGE = 4096;

export type GuestValues = { readonly [name in keyof typeof GUEST]?: string | undefined };

/** What a guest does, and in how many bytes of memory. */
export type Work = Pick<SyntheticOptions, "workload" | "workingSet" | "rate" | "writers" | "seed"> & { readonly size: number };

/** Throws UsageError. `usual` is the memory where nothing is said of it. */
export function workOf(values: GuestValues, usual = 64 << 20): Work {
  const size = byteCount("ram", values.ram) ?? usual;
  if (size % (1 << 20) !== 0 || size === 0 || size > 2 ** 32 - (1 << 20))
    throw new UsageError("--ram takes whole MiB, at most 4095 of them.");
  const set = byteCount("working-set", values["working-set"]);
  if (set !== undefined && !(set >= PAGE && set <= size - PAGE))
    throw new UsageError(`--working-set takes ${PAGE} to ${size - PAGE} bytes, a page less than the memory.`);
  const rate = wholeNumber("rate", values.rate, 1, 1e9);
  return {
    size,
    workload: { name: oneOf("workload", values.workload, WORKLOADS) ?? "uniform" },
    // The guest keeps account in the first page.
    ...(set === undefined ? {} : { workingSet: { first: 1, pages: Math.floor(set / PAGE) } }),
    ...(rate === undefined ? {} : { rate }),
    writers: wholeNumber("writers", values.writers, 1, 8) ?? 1,
    seed: wholeNumber("seed", values.seed, 0, 2 ** 32 - 1) ?? 1,
  };
}

/** A guest of our own without devices. Throws UsageError. */
export async function guestOf(values: GuestValues): Promise<SyntheticGuest> {
  const { size, ...work } = workOf(values);
  return createSyntheticGuest({
    machine: { name: "none", aliases: [], container: { configuration: true, footers: true, description: true }, sections: [] },
    ram: [{ id: "pc.ram", size }],
    ...work,
  });
}

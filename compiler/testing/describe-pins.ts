import { describe, test } from "vitest";
import type { MatrixOptions } from "./matrix-options.ts";
import { unpinEach } from "./unpin/unpin-each.ts";
import { unpinnedTable } from "./unpin/unpinned-table.ts";

/** In ms: a second for each property, of which a machine type may have some hundreds. */
const TIMEOUT = 600_000;

/**
 * Declares a test that the tests of `describeMachines` can fail: each property that the machine types set is taken away in a copy of the
 * descriptors, and at least one of those tests must name it. Prints a table of all. To be called in a test file of vitest.
 */
export function describePins(names: readonly string[], { root }: Pick<MatrixOptions, "root"> = {}): void {
  describe("properties that machine types set", () => {
    test(
      "taking one away fails a test that names it",
      ({ skip }) => {
        const rows = unpinEach({ names, ...(root === undefined ? {} : { root }) });
        if (rows.length === 0) skip("they set none");
        process.stdout.write(`${unpinnedTable(rows)}\n`);
        const missed = rows.filter(({ tests }) => tests.length === 0);
        if (missed.length > 0)
          throw new Error(`No test tells that ${missed.map(({ machine, property }) => `${machine} sets ${property}`).join(", ")}.`);
      },
      TIMEOUT,
    );
  });
}

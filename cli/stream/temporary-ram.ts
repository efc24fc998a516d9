import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Problem } from "../../runtime/stream/errors.ts";
import { PageStore } from "../../runtime/stream/ram/page-store.ts";

export interface TemporaryRam {
  readonly store: PageStore;
  readonly remove: () => void;
}

/** A guest's memory in files that are gone afterwards; readable by their owner alone. */
export function temporaryRam(problem: (problem: Problem) => void): TemporaryRam {
  const folder = mkdtempSync(join(tmpdir(), "vmstate-ram-"));
  let files = 0;
  const store = new PageStore(() => join(folder, `${files++}`), problem);
  const remove = (): void => {
    store.discard();
    rmSync(folder, { recursive: true });
  };
  return { store, remove };
}

import { inTemporaryFolder, type TemporaryFolder } from "../in-temporary-folder.ts";

export interface Outcome {
  /** What went wrong, in a sentence; `undefined` when all that was asked of QEMU is as it must be. */
  readonly fault: string | undefined;
  readonly story: string;
}

/** Of work that gives its story, or throws what went wrong. */
export async function outcomeOf(work: (folder: TemporaryFolder) => Promise<string>): Promise<Outcome> {
  try {
    return { fault: undefined, story: await inTemporaryFolder(work) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { fault: error.message, story: "" };
  }
}

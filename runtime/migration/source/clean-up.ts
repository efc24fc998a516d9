import type { SourceContext } from "./context.ts";

/**
 * Ends what only the move needed. Nothing of it is of use to the destination, and all of it may take long: so it begins when the guest runs
 * there, or runs on here.
 */
export async function cleanUp(c: SourceContext): Promise<void> {
  c.events?.({ event: "clean-up", done: false });
  await c.guest.stopDirtyLog();
  c.delta = undefined;
  c.pages.delta = undefined;
  c.events?.({ event: "clean-up", done: true });
}

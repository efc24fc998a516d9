import type { MessageToDestination } from "../hand-over/states.ts";
import type { Frame } from "../protocol.ts";
import type { DestinationContext } from "./context.ts";

export const MESSAGES = ["grant", "ask", "cancel"] as const satisfies readonly MessageToDestination[];

/** What follows at the destination from a message of the hand-over. */
export async function hear(c: DestinationContext, frame: Extract<Frame, { readonly kind: MessageToDestination }>): Promise<void> {
  if (frame.kind === "grant") c.ledger.enter("take");
  await c.handOver?.post({ on: "message", message: frame.kind });
}

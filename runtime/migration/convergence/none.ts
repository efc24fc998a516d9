import type { Policy } from "./policy.ts";

/** The guest runs at its own speed: a migration whose guest is faster than the connection never ends. */
export const none: Policy<undefined> = { name: "none", first: undefined, next: () => undefined, slowing: () => ({ by: "nothing" }) };

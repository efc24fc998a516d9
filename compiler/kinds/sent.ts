import { code, raw } from "../code/code.ts";
import type { KindIr } from "../ir.ts";
import type { Kind } from "./kind.ts";
import { viewLikeInner } from "./like-inner.ts";

/** Whether a subsection was sent. Saving it is saving the subsection; a load sets it where it meets that. */
export const sent: Kind<KindIr & { kind: "sent" }> = {
  size: () => undefined,
  type: () => raw("boolean"),
  zero: () => false,
  moving: {
    save: () => [],
    load: (_, target) => [code`${target} = false;`],
  },
  interpret: { save: () => undefined, load: () => false },
  parse: (_, json) => json as boolean,
  describe: () => ({ kind: "sent", size: 0 }),
  view: viewLikeInner(() => ({ kind: "bool" })),
};

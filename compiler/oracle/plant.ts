import type { Code } from "../code/code.ts";
import { raw } from "../code/code.ts";
import type { KindIr, KindName } from "../ir.ts";
import { KINDS } from "../kinds/index.ts";
import type { Kind } from "../kinds/kind.ts";

/** The faces that write code. */
export type EmittingFace = "read" | "store" | "write" | "save" | "load";

/** A bug in one kind's emitter: what one of its faces gives, changed. The interpreter stays right. */
export interface Planted {
  readonly kind: KindName;
  readonly what: string;
  readonly face: EmittingFace;
  readonly change: (text: string) => string;
}

/** Does work while the bug is in its kind, and tells whether it changed anything. */
export function withPlanted<T>({ kind, face, change }: Planted, work: () => T): { readonly result: T; readonly changed: boolean } {
  const kinds = KINDS as unknown as Record<KindName, Kind<KindIr>>;
  const right = kinds[kind];
  let changed = false;
  const bad = (code: Code): Code => {
    const text = change(code.text);
    if (text === code.text) return code;
    changed = true;
    return raw(text);
  };
  // Statements are changed as one text: an `if` and what it guards may be apart.
  const lines = (code: readonly Code[]): readonly Code[] =>
    code.length === 0 ? code : [bad(raw(code.map(({ text }) => text).join("\n")))];
  kinds[kind] = wrap(right, face, bad, lines);
  try {
    return { result: work(), changed };
  } finally {
    kinds[kind] = right;
  }
}

function wrap(
  right: Kind<KindIr>,
  face: EmittingFace,
  bad: (code: Code) => Code,
  lines: (code: readonly Code[]) => readonly Code[],
): Kind<KindIr> {
  const { fixed, moving } = right;
  switch (face) {
    case "read":
      return fixed === undefined ? right : { ...right, fixed: { ...fixed, read: (...given) => bad(fixed.read(...given)) } };
    case "store": {
      const store = fixed?.store;
      if (fixed === undefined || store === undefined) return right;
      return { ...right, fixed: { ...fixed, store: (...given) => lines(store(...given)) } };
    }
    case "write":
      return fixed === undefined ? right : { ...right, fixed: { ...fixed, write: (...given) => lines(fixed.write(...given)) } };
    case "save":
      return moving === undefined ? right : { ...right, moving: { ...moving, save: (...given) => lines(moving.save(...given)) } };
    case "load":
      return moving === undefined ? right : { ...right, moving: { ...moving, load: (...given) => lines(moving.load(...given)) } };
  }
}

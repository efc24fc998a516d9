import { code } from "../code/code.ts";
import type { KindIr } from "../ir.ts";
import { kindOf, parseJson, sizeOf, viewOf, zeroOf } from "./index.ts";
import type { Kind, ViewFace } from "./kind.ts";

/** A kind that is another one on the wire and in the state, and only tells others something else of itself. */
export function likeInner<K extends KindIr>(innerOf: (k: K) => KindIr, describe: Kind<K>["describe"]): Kind<K> {
  const fixed = (k: KindIr) => kindOf(k).fixed ?? missing(k);
  const moving = (k: KindIr) => kindOf(k).moving ?? missing(k);
  return {
    size: (k, program) => sizeOf(innerOf(k), program),
    type: (k, into) => kindOf(innerOf(k)).type(innerOf(k), into),
    zero: (k, program) => zeroOf(innerOf(k), program),
    fixed: {
      read: (k, at, into) => fixed(innerOf(k)).read(innerOf(k), at, into),
      store: (k, target, at, into) => {
        const { store, read } = fixed(innerOf(k));
        return store?.(innerOf(k), target, at, into) ?? [code`${target} = ${read(innerOf(k), at, into)};`];
      },
      write: (k, value, at, body) => fixed(innerOf(k)).write(innerOf(k), value, at, body),
    },
    moving: {
      save: (k, value, body) => moving(innerOf(k)).save(innerOf(k), value, body),
      load: (k, target, body) => moving(innerOf(k)).load(innerOf(k), target, body),
    },
    interpret: {
      save: (k, value, out, scope) => kindOf(innerOf(k)).interpret.save(innerOf(k), value, out, scope),
      load: (k, input, scope, old) => kindOf(innerOf(k)).interpret.load(innerOf(k), input, scope, old),
    },
    parse: (k, json, program) => parseJson(innerOf(k), json, program),
    describe,
    view: viewLikeInner(innerOf),
  };
}

/** What is seen of a kind that is another one in the state. */
export function viewLikeInner<K extends KindIr>(innerOf: (k: K) => KindIr): ViewFace<K> {
  return {
    toJson: (k, value, body) => viewOf(innerOf(k)).toJson(innerOf(k), value, body),
    fromJson: (k, json, at, body) => viewOf(innerOf(k)).fromJson(innerOf(k), json, at, body),
    diff: (k, a, b, at, body) => viewOf(innerOf(k)).diff(innerOf(k), a, b, at, body),
    schema: (k) => viewOf(innerOf(k)).schema(innerOf(k)),
  };
}

function missing(k: KindIr): never {
  throw new Error(`Kind '${k.kind}' lacks a face that its size calls for.`);
}

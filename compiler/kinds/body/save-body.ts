import { type Code, code, dot, raw } from "../../code/code.ts";
import type { Expr } from "../../expr/expr.ts";
import { fold, foldCondition } from "../../expr/fold.ts";
import { print } from "../../expr/print.ts";
import type { Module, RuntimeSymbol } from "./module.ts";
import { groupOf, type Shape } from "./shape.ts";

/** A save while it is written: the statements so far know `s` or its groups, `w`, `d`, `b` and the running offset `o`. */
export class SaveBody {
  readonly module: Module;
  /** Name of the vmsd, for messages. */
  readonly vmsd: string;
  readonly versionId: number;
  /** Name of the field that is being written, for messages. */
  field = "";
  /** The place in the array around. */
  index = "0";
  readonly shape: Shape;
  private names = { next: 0 };

  constructor(module: Module, vmsd: string, versionId: number, shape: Shape) {
    this.module = module;
    this.vmsd = vmsd;
    this.versionId = versionId;
    this.shape = shape;
  }

  /** The same function, at a body within: a subsection. */
  within(vmsd: string, versionId: number): SaveBody {
    const inner = new SaveBody(this.module, vmsd, versionId, this.shape);
    inner.names = this.names;
    return inner;
  }

  /** The value of a field of the state. */
  value(key: string): Code {
    return dot(raw(groupOf(this.shape, key)?.name ?? "s"), key);
  }

  expr(expr: Expr): Code {
    return raw(
      print(fold(expr, { properties: {}, versionId: this.versionId }), {
        field: (key) => this.value(key).text,
        property: (name) => dot(raw("m"), name).text,
        version: String(this.versionId),
        index: this.index,
        asserted: "!",
        call: (name) => this.use(name).text,
      }),
    );
  }

  /** What is left of a condition. */
  condition(expr: Expr): Expr {
    return foldCondition(expr, { properties: {}, versionId: this.versionId });
  }

  use(symbol: RuntimeSymbol): Code {
    return this.module.use(symbol);
  }

  /** The number of the element that is being written, -1 outside of arrays. */
  element(): Code {
    return raw(this.index === "0" ? "-1" : this.index);
  }

  unique(prefix: string): Code {
    return raw(`${prefix}${this.names.next++}`);
  }

  /** Makes sure that so many bytes may be written from `o` on. */
  room(size: Code | number): Code {
    return code`if (o + ${size} > b.length) {\n  w.grow(o + ${size});\n  b = w.bytes;\n  d = w.view;\n}`;
  }
}

/** The name of the function that writes an older version. */
export function saveAt(versionId: number): Code {
  return raw(`saveAt${versionId}`);
}

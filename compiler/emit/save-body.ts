import type { Expr } from "../expr/expr.ts";
import { fold } from "../expr/fold.ts";
import { print } from "../expr/print.ts";
import { type Code, code, dot, raw } from "./code.ts";
import type { Module, RuntimeSymbol } from "./module.ts";

/** A save while it is written: the statements so far know `s`, `w`, `d`, `b` and the running offset `o`. */
export class SaveBody {
  readonly module: Module;
  /** Name of the vmsd, for messages. */
  readonly vmsd: string;
  readonly versionId: number;
  /** Name of the field that is being written, for messages. */
  field = "";
  /** The place in the array around. */
  index = "0";
  private names = { next: 0 };

  constructor(module: Module, vmsd: string, versionId: number) {
    this.module = module;
    this.vmsd = vmsd;
    this.versionId = versionId;
  }

  /** Goes on with the variables of another body of the same function. */
  shareNames(other: SaveBody): void {
    this.names = other.names;
  }

  expr(expr: Expr): Code {
    return raw(
      print(fold(expr, { properties: {}, versionId: this.versionId }), {
        field: (key) => dot(raw("s"), key).text,
        property: (name) => dot(raw("m"), name).text,
        version: String(this.versionId),
        index: this.index,
        asserted: "!",
      }),
    );
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

import { type Code, code, list, raw } from "../../code/code.ts";
import type { Module, RuntimeSymbol } from "./module.ts";

/** A view while it is written. All that its kinds give are expressions. */
export class ViewBody {
  readonly module: Module;
  /** Ids of the vmsds whose views it needs. */
  readonly nestedIds = new Set<string>();
  private depth = 0;

  constructor(module: Module) {
    this.module = module;
  }

  use(symbol: RuntimeSymbol): Code {
    return this.module.use(symbol);
  }

  /** The namespace of another vmsd's view; a name that no variable here has. */
  nested(id: string): Code {
    this.nestedIds.add(id);
    return raw(viewName(id));
  }

  /** A function of these parameters; where it would only pass them on, the function that it passes them to. */
  arrow(names: readonly string[], make: (...params: [Code, Code, Code]) => Code): Code {
    const params = names.map((name) => raw(this.depth === 0 ? name : `${name}${this.depth}`));
    this.depth++;
    const result = make(...(params as [Code, Code, Code]));
    this.depth--;
    const passedOn = /^([\w.]+)\(([\w, ]+)\)$/.exec(result.text);
    if (passedOn?.[1] !== undefined && passedOn[2] === list(params).text) return raw(passedOn[1]);
    return code`(${list(params)}) => ${result}`;
  }
}

export function viewName(id: string): string {
  return `${id}_view`;
}

import { block, type Code, code, dot, isIdentifier, raw } from "../../code/code.ts";
import { mentions } from "../../code/reads.ts";
import { fieldsIn } from "../../expr/children.ts";
import type { Expr, Value } from "../../expr/expr.ts";
import { fold, foldCondition } from "../../expr/fold.ts";
import { print } from "../../expr/print.ts";
import type { FieldIr, KindIr } from "../../ir.ts";
import { bare, pageable } from "../elements.ts";
import { kindOf, sizeOf } from "../index.ts";
import { type At, HERE } from "../kind.ts";
import type { Module, RuntimeSymbol } from "./module.ts";
import { place } from "./place.ts";

/** Where the value of a field is once the bytes have been walked: still in them, in a variable, or known from the beginning. */
type Held = InBytes | InCode;

interface InBytes {
  readonly in: "bytes";
  readonly kind: KindIr;
  readonly at: At;
}

interface InCode {
  readonly in: "code";
  readonly code: Code;
  /** Where the field may be absent, and is then made from the value that the state has: an expression for that. The code is undefined then. */
  readonly absent?: (held: Code) => Code;
}

/** Runs of fewer scalars are read where they lie. */
const SHORT = 32;
const PAGE = 8192;
/** Bytes between two fields that are copied with them. */
const GAP = 64;

/**
 * A load while it is written. Its first part walks the bytes and does whatever may fail; fields of fixed length are left in the bytes, at
 * a constant distance from a base, unless something asks for them. Its second part only reads and stores, so that a load that fails has
 * touched nothing.
 */
export class LoadBody {
  readonly module: Module;
  /** Name of the vmsd or subsection that is being read, for messages. */
  vmsd: string;
  /** Whether a field that is absent may be made from what the state has: there is one, and nothing asks for the field before it is stored. */
  readonly fills: (key: string) => boolean;
  /** The function is so large that less code counts for more than fast code, where code is hardly ever come to. */
  readonly isLarge: boolean;
  readonly out: Code[] = [];
  /** Name of the field that is being read, for messages. */
  field = "";
  key = "";
  /** The version from which on the field is on the wire: that at which a list's elements are read. */
  since = 0;
  index = "0";
  /** The version in force: a parameter, or a variable inside a subsection. */
  version = "versionId";
  private readonly held = new Map<string, Held>();
  private readonly constants = new Map<string, Expr>();
  private base: string | undefined = "o0";
  private distance = 0;
  private pending: { readonly name: string; readonly size: number }[] = [];
  private bases = 1;
  private names = 0;
  /** Types of the variables that functions apart may be given. */
  private readonly types = new Map<string, Code>([
    ["d", raw("DataView")],
    ["b", raw("Uint8Array")],
    ["o0", raw("number")],
    ["o", raw("number")],
  ]);
  /** True when something moved the running offset, which then has to be declared. */
  moves = false;

  constructor(module: Module, vmsd: string, how: { readonly fills?: (key: string) => boolean; readonly isLarge?: boolean } = {}) {
    this.module = module;
    this.vmsd = vmsd;
    this.fills = how.fills ?? (() => false);
    this.isLarge = how.isLarge ?? false;
  }

  use(symbol: RuntimeSymbol): Code {
    return this.module.use(symbol);
  }

  element(): Code {
    return raw(this.index === "0" ? "-1" : this.index);
  }

  /** The key under which the state to load into holds what is being read; undefined inside of what may be absent there. */
  old(): string | undefined {
    return this.index === "0" && this.key !== "" ? this.key : undefined;
  }

  unique(prefix: string): Code {
    return raw(`${prefix}${this.names++}`);
  }

  /** A field of fixed length that stays in the bytes. Gives where it is. */
  defer(key: string | undefined, name: string, kind: KindIr): At {
    const size = sizeOf(kind, this.module.program) ?? 0;
    if (this.base === undefined && size === 0) {
      // No bytes are the same wherever they are read.
      if (key !== undefined) this.held.set(key, { in: "bytes", kind, at: { ...HERE, base: "" } });
      return HERE;
    }
    if (this.base === undefined) {
      this.base = `o${this.bases++}`;
      this.types.set(this.base, raw("number"));
      this.distance = 0;
      this.out.push(code`const ${raw(this.base)} = o;`);
    }
    const at = { ...HERE, base: this.base, offset: this.distance };
    if (key !== undefined) this.held.set(key, { in: "bytes", kind, at });
    if (size > 0) this.pending.push({ name, size });
    this.distance += size;
    return at;
  }

  /** A field that never is on the wire: it always has this value. */
  never(key: string, text: Code, value: Value): void {
    this.hold(key, text);
    if (typeof value === "number" || typeof value === "boolean") this.constants.set(key, { op: "literal", value });
    if (typeof value === "bigint") this.constants.set(key, { op: "bigint", value: String(value) });
  }

  /** What is left of a condition. */
  condition(given: Expr): Expr {
    return foldCondition(given, { properties: {}, fields: this.constants });
  }

  hold(key: string, value: Code, type?: Code, absent?: (held: Code) => Code): void {
    this.held.set(key, { in: "code", code: value, ...(absent === undefined ? {} : { absent }) });
    if (type !== undefined) this.types.set(value.text, type);
  }

  /** Copies the scalars that are still in the bytes to the page, when they are more than `most`, and finds them there. Everything has been checked. */
  page(most: number): readonly Code[] {
    const found = [...this.held].flatMap(([key, held]) => {
      const leaves = held.in === "bytes" ? pageable(held.kind, this.module) : 0;
      return held.in === "bytes" && leaves > 0
        ? [{ key, held, leaves, end: held.at.offset + (sizeOf(held.kind, this.module.program) ?? 0) }]
        : [];
    });
    if (found.reduce((sum, { leaves }) => sum + leaves, 0) <= most) return [];
    const runs: (typeof found)[] = [];
    for (const each of found) {
      const last = runs.at(-1)?.at(-1);
      if (last !== undefined && last.held.at.base === each.held.at.base && each.held.at.offset - last.end <= GAP) runs.at(-1)?.push(each);
      else runs.push([each]);
    }
    let to = 0;
    return runs.flatMap((run) => {
      const [first, last] = [run[0], run.at(-1)];
      if (first === undefined || last === undefined) return [];
      const from = first.held.at;
      const size = last.end - from.offset;
      if (run.reduce((sum, { leaves }) => sum + leaves, 0) < SHORT || to + size > PAGE) return [];
      for (const { key, held } of run)
        this.held.set(key, { ...held, at: { view: "PAGE", bytes: "PAGE_BYTES", base: "", offset: to + held.at.offset - from.offset } });
      const copy = code`PAGE_BYTES.set(b.subarray(${place(from)}, ${place(from, size)})${to === 0 ? raw("") : code`, ${to}`});`;
      to += size;
      this.module.needsPage(to);
      return [copy];
    });
  }

  /** Statements in a function of their own, which is given those variables that they use. Gives the call. */
  apart(prefix: string, returns: Code, given: ReadonlyMap<string, Code>, statements: readonly Code[]): Code {
    const offset: readonly [string, Code][] = this.moves ? [["o", raw("number")]] : [];
    const used = [...given, ...offset, ...this.types].filter(([name]) => mentions(statements, name));
    const parameters = raw(used.map(([name, type]) => `${name}: ${type.text}`).join(", "));
    const name = this.module.aside(prefix, (name) => block(code`function ${name}(${parameters}): ${returns}`, statements));
    return code`${name}(${raw(used.map(([name]) => name).join(", "))})`;
  }

  /** Makes sure that all deferred fields so far are within the bytes. */
  check(): void {
    if (this.pending.length === 0 || this.base === undefined) return;
    const size = this.pending.reduce((sum, each) => sum + each.size, 0);
    const run = this.pending.map((each) => `${each.name} ${each.size}`).join("\n");
    const end = { ...HERE, base: this.base, offset: this.distance };
    this.out.push(
      code`if (${place(end)} > end) throw ${this.use("truncated")}(r, ${this.vmsd}, ${place(end, -size)}, ${this.module.text("RUN", run)});`,
    );
    this.pending = [];
  }

  /** Brings the running offset up to date; what follows moves it. */
  sync(): void {
    this.check();
    this.moves = true;
    if (this.base !== undefined && this.distance > 0)
      this.out.push(code`o = ${place({ ...HERE, base: this.base, offset: this.distance })};`);
    this.base = undefined;
  }

  /** Statements that set the reader's offset behind what was read. */
  finish(): Code {
    this.check();
    if (this.base === undefined) return code`r.at = o;`;
    return code`r.at = ${place({ ...HERE, base: this.base, offset: this.distance })};`;
  }

  /** Where the bytes go on, which have been checked so far. */
  here(): Code {
    this.check();
    return this.base === undefined ? raw("o") : place({ ...HERE, base: this.base, offset: this.distance });
  }

  /** Statements that read a fixed number of bytes at the running offset. */
  step(name: string, size: number, then: readonly Code[]): readonly Code[] {
    return [
      code`if (o + ${size} > end) throw ${this.use("truncated")}(r, ${this.vmsd}, o, ${`${name} ${size}`});`,
      ...then,
      code`o += ${size};`,
    ];
  }

  /** An expression over what has been read; fields that it asks for are taken out of the bytes first. */
  expr(given: Expr): Code {
    const expr = fold(given, { properties: {}, fields: this.constants });
    for (const key of fieldsIn(expr)) this.take(key);
    return raw(
      print(expr, {
        field: (key) => this.value(key).text,
        property: (name) => dot(raw("m"), name).text,
        version: this.version,
        index: this.index,
        asserted: "!",
        call: (name) => this.use(name).text,
      }),
    );
  }

  /** Takes a field out of the bytes into a variable. */
  take(key: string): void {
    const held = this.held.get(key);
    if (held?.in !== "bytes") return;
    this.check();
    const name = this.variable(key);
    this.out.push(code`const ${name} = ${kindOf(held.kind).fixed?.read(held.kind, held.at, this.module) ?? raw("undefined")};`);
    this.hold(key, name, kindOf(held.kind).type(held.kind, this.module));
  }

  /** The name of the variable that a field's value goes into. */
  variable(key: string): Code {
    return isIdentifier(key) ? raw(`$${key}`) : this.unique("$");
  }

  /** The value of a field, where all bytes have been checked. */
  value(key: string): Code {
    const held = this.held.get(key);
    if (held === undefined) throw new Error(`Field '${key}' of ${this.vmsd} is asked for before it is read.`);
    if (held.in === "code") return held.code;
    return kindOf(held.kind).fixed?.read(held.kind, held.at, this.module) ?? raw("undefined");
  }

  /** Statements that put a field's value into a state that exists. */
  store({ key, kind }: FieldIr, target: Code): readonly Code[] {
    const held = this.held.get(key);
    if (held?.in === "code" && held.absent !== undefined) return [code`${target} = ${held.code} ?? ${held.absent(target)};`];
    if (held?.in === "code" && bare(kind).kind === "varBuffer")
      return [code`${target} = ${this.use("bytesInto")}(${target}, ${held.code}, 0, ${held.code}.length);`];
    const store = held?.in === "bytes" ? kindOf(held.kind).fixed?.store : undefined;
    if (held?.in === "bytes" && store !== undefined) return store(held.kind, target, held.at, this.module);
    return [code`${target} = ${this.value(key)};`];
  }
}

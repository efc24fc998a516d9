import { type BinaryOperator, type Expr, literal } from "../expr/expr.ts";
import type { FieldIr, KindIr, KindName, ScalarKind, SubsectionIr, VmsdIr } from "../ir.ts";
import type { Program } from "../kinds/kind.ts";
import { programOf } from "../program.ts";
import { createRandom, type Random } from "./random.ts";

const AT = { file: "random.ts", line: 1, column: 1 };
const SCALARS: readonly ScalarKind[] = [
  "bool",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "int8",
  "int16",
  "int32",
  "int64",
  "float64",
  "CPU_Double_U",
  "timer",
];
const NUMBERS: readonly ScalarKind[] = ["uint8", "uint16", "uint32", "int8", "int16", "int32"];
const MOST = 7;

/** A random schema: the vmsd `root` and those within it. Every kind and every option of the language can occur. */
export interface RandomSchema extends Program {
  readonly vmsds: Readonly<Record<string, VmsdIr>>;
}

export function randomSchema(seed: number): RandomSchema {
  const make = new Maker(createRandom(seed));
  make.vmsd("root", 2);
  const vmsds = make.vmsds;
  return { vmsds, ...programOf(vmsds) };
}

class Maker {
  readonly vmsds: Record<string, VmsdIr> = {};
  private readonly random: Random;
  private made = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** Makes a vmsd with structs nested at most `depth` deep; gives its id. */
  vmsd(id: string, depth: number, options: { readonly tmp?: boolean; readonly element?: boolean } = {}): string {
    const { below, chance, pick } = this.random;
    const minimumVersionId = options.tmp === true ? 0 : below(3);
    const versionId = options.tmp === true ? below(3) : minimumVersionId + below(3);
    const own = chance(0.3) ? pick([{ deep: true }, { deep: false }, { wide: 3 }, { wide: 0 }]) : {};
    const body = new Body(this, this.random, id, versionId, options.tmp === true ? 0 : versionId, own, depth);
    if (options.element === true && chance(0.4)) body.add("mark", { kind: "marker" });
    // Now and then so many that the state is no literal.
    const count = 1 + below(chance(0.03) ? 350 : chance(0.1) ? 40 : 7);
    for (let at = 0; at < count; at++) body.addRandom();
    const subsections = options.tmp === true ? [] : body.subsections(chance(0.5) ? below(4) : 0);
    this.vmsds[id] = {
      id,
      name: id,
      versionId,
      minimumVersionId,
      properties: body.properties,
      fields: body.fields,
      subsections,
      types: [],
      at: AT,
    };
    return id;
  }

  nextId(): string {
    return `inner${this.made++}`;
  }
}

class Body {
  readonly fields: FieldIr[] = [];
  readonly properties: Record<string, number | boolean | string>;
  /** Keys that predicates and counts may ask for. */
  private readonly numbers: string[] = [];
  private readonly maker: Maker;
  private readonly random: Random;
  private readonly name: string;
  private readonly versionId: number;
  private readonly newestGuard: number;
  private readonly depth: number;

  constructor(
    maker: Maker,
    random: Random,
    name: string,
    versionId: number,
    newestGuard: number,
    properties: Record<string, number | boolean | string>,
    depth: number,
    known: readonly string[] = [],
  ) {
    this.maker = maker;
    this.random = random;
    this.name = name;
    this.versionId = versionId;
    this.newestGuard = newestGuard;
    this.properties = properties;
    this.depth = depth;
    this.numbers.push(...known);
  }

  add(key: string, kind: KindIr, more: Partial<FieldIr> = {}): FieldIr {
    const field = { key, name: key, kind, since: 0, at: AT, ...more };
    this.fields.push(field);
    return field;
  }

  addRandom(): void {
    const { chance, below, pick } = this.random;
    const key = `${pick(["reg", "env.regs", "x y", "f"])}${this.fields.length}_${this.name}`;
    const kind = this.kind(true);
    const guarded = chance(0.2) ? { since: below(this.newestGuard + 2) } : {};
    const exists = chance(0.15) ? { exists: this.predicate() } : {};
    const alone = kind.kind === "marker" || kind.kind === "sent";
    const isNumber = NUMBERS.includes(kind.kind as ScalarKind);
    const small: Partial<FieldIr> = isNumber && chance(0.5) ? { validate: this.between(key) } : {};
    this.add(key, kind, alone ? {} : { ...guarded, ...exists, ...small });
    if (isNumber) this.numbers.push(key);
  }

  subsections(count: number): SubsectionIr[] {
    const { chance, below } = this.random;
    return Array.from({ length: count }, (_, at) => {
      const name = `${this.name}/sub${at}`;
      const versionId = below(4);
      const inner = new Body(this.maker, this.random, name, versionId, versionId, this.properties, this.depth, this.numbers);
      const fields = below(6);
      for (let each = 0; each < fields; each++) inner.addRandom();
      const flagged = chance(0.3);
      if (flagged) this.add(`sent${at}`, { kind: "sent", subsection: name });
      return {
        name,
        versionId,
        minimumVersionId: below(versionId + 1),
        fields: inner.fields,
        subsections: chance(0.2) && this.depth > 0 ? inner.subsections(1 + below(2)).map(withoutFlags) : [],
        ...(flagged || chance(0.1) ? {} : { needed: inner.predicate() }),
        at: AT,
      };
    }).map((subsection) => ({ ...subsection, fields: subsection.fields.filter(({ kind }) => kind.kind !== "sent") }));
  }

  predicate(): Expr {
    const { pick, chance, below } = this.random;
    const names = Object.keys(this.properties);
    if (names.length > 0 && chance(0.3)) return { op: "unary", operator: "!", operand: { op: "property", name: pick(names) } };
    if (chance(0.2)) return { op: "binary", operator: ">=", left: { op: "version" }, right: literal(below(this.versionId + 2)) };
    const left: Expr = {
      op: "binary",
      operator: pick<BinaryOperator>(["&", "^", "+", "%"]),
      left: this.number(),
      right: literal(1 + below(9)),
    };
    const test: Expr = { op: "binary", operator: pick<BinaryOperator>(["===", "!==", "<", ">="]), left, right: literal(below(4)) };
    if (!chance(0.2)) return test;
    return {
      op: "binary",
      operator: pick<BinaryOperator>(["&&", "||"]),
      left: test,
      right: { op: "unary", operator: "!", operand: this.number() },
    };
  }

  private number(): Expr {
    const { pick, below } = this.random;
    return this.numbers.length > 0 ? { op: "field", key: pick(this.numbers) } : literal(below(9));
  }

  private between(key: string): Expr {
    const value: Expr = { op: "field", key };
    return {
      op: "binary",
      operator: "&&",
      left: { op: "binary", operator: ">=", left: value, right: literal(0) },
      right: { op: "binary", operator: "<=", left: value, right: literal(MOST) },
    };
  }

  /** A count that stays within its limit, or, now and then, one that need not. */
  private count(): Expr {
    const number = this.number();
    return this.random.chance(0.7) ? { op: "binary", operator: "&", left: number, right: literal(MOST) } : number;
  }

  private kind(outer: boolean): KindIr {
    const { pick, below, chance } = this.random;
    const kinds: KindName[] = [
      ...SCALARS,
      ...NUMBERS,
      "buffer",
      "varBuffer",
      "bitmap",
      "pointer",
      "nullable",
      "custom",
      "equal",
      "int32 le",
    ];
    if (outer) kinds.push("array", "array", "array2d", "varray", "varray", "unused_buffer");
    if (this.depth > 0) kinds.push("struct", "struct", "vstruct", "tmp");
    if (this.depth > 0 && outer) kinds.push("qtailq", "qlist", "gtree");
    const kind = pick(kinds);
    switch (kind) {
      case "equal":
        return { kind, scalar: pick(NUMBERS), ...(chance(0.3) ? { local: literal(below(4)) } : {}) };
      case "int32 le":
        return { kind, ...(chance(0.5) ? { local: literal(below(9)) } : {}) };
      case "array":
        return { kind, element: this.element(), count: pick([0, 1, 2, 3, 8, 70]) };
      case "array2d":
        return { kind, element: this.element(), rows: 1 + below(3), columns: 1 + below(4) };
      case "varray":
        return { kind, element: this.element(), count: this.count(), max: 3 * MOST, ...(chance(0.2) ? { multiply: 2 } : {}) };
      case "buffer":
        return { kind, size: pick([0, 1, 3, 16, 300]) };
      case "varBuffer":
        return { kind, size: this.count(), max: 5 * MOST, ...(chance(0.3) ? { multiply: 4 } : {}) };
      case "bitmap":
        return { kind, bits: chance(0.5) ? literal(pick([1, 63, 64, 65, 200])) : this.count(), max: 200 };
      case "unused_buffer":
        return { kind, size: chance(0.7) ? literal(pick([1, 4, 7])) : this.count(), max: 20 };
      case "struct":
      case "tmp": {
        const vmsd = this.maker.vmsd(this.maker.nextId(), this.depth - 1, { tmp: kind === "tmp" });
        return { kind, vmsd, with: this.bindings(vmsd) };
      }
      case "vstruct": {
        const vmsd = this.maker.vmsd(this.maker.nextId(), this.depth - 1);
        const { versionId, minimumVersionId } = this.maker.vmsds[vmsd] as VmsdIr;
        return { kind, vmsd, versionId: minimumVersionId + below(versionId - minimumVersionId + 1), with: this.bindings(vmsd) };
      }
      case "qtailq":
      case "qlist": {
        const vmsd = this.maker.vmsd(this.maker.nextId(), this.depth - 1, { tmp: true, element: true });
        this.adopt(vmsd);
        return { kind, vmsd, max: 5 };
      }
      case "gtree": {
        const value = this.maker.vmsd(this.maker.nextId(), this.depth - 1, { tmp: true });
        this.adopt(value);
        return { kind, key: { kind: "uint64" }, value, max: 5 };
      }
      case "pointer":
        return { kind, target: this.kind(false) };
      case "nullable":
        return { kind, target: this.kind(false), isNull: this.isNull() };
      case "custom":
        return { kind, type: "by hand", layout: this.kind(false) };
      default:
        return { kind: kind as ScalarKind };
    }
  }

  private element(): KindIr {
    const kind = this.kind(false);
    return kind.kind === "equal" || kind.kind === "int32 le" ? { kind: "uint16" } : kind;
  }

  private isNull(): Expr {
    const bit: Expr = { op: "binary", operator: ">>", left: this.number(), right: { op: "index" } };
    return { op: "binary", operator: "!==", left: { op: "binary", operator: "&", left: bit, right: literal(1) }, right: literal(0) };
  }

  private bindings(vmsd: string): Record<string, Expr> {
    const { properties } = this.maker.vmsds[vmsd] as VmsdIr;
    const bound = Object.keys(properties).filter(() => this.random.chance(0.5));
    this.adopt(vmsd, bound);
    return Object.fromEntries(bound.map((name) => [name, typeof properties[name] === "boolean" ? this.predicate() : this.number()]));
  }

  /** Properties of a vmsd within become those of the one around. */
  private adopt(vmsd: string, but: readonly string[] = []): void {
    const { properties } = this.maker.vmsds[vmsd] as VmsdIr;
    for (const [name, value] of Object.entries(properties))
      if (!but.includes(name) && !(name in this.properties)) this.properties[name] = value;
  }
}

function withoutFlags(subsection: SubsectionIr): SubsectionIr {
  return { ...subsection, fields: subsection.fields.filter(({ kind }) => kind.kind !== "sent") };
}

import { type Expr, literal } from "../expr/expr.ts";
import type { FieldIr, KindIr, KindName, ScalarKind, SubsectionIr, VmsdIr } from "../ir.ts";
import type { Program } from "../kinds/kind.ts";
import { programOf } from "../program.ts";
import { createRandom, type Random } from "./random.ts";
import { MOST, NUMBERS, RandomExpressions } from "./random-expressions.ts";
import { randomJson } from "./random-json.ts";
import { randomId, randomKey } from "./random-names.ts";

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
const MOST_NESTED = 2;

/** A random schema: the vmsd `root` and those within it. Every kind and every option of the language can occur. */
export interface RandomSchema extends Program {
  readonly vmsds: Readonly<Record<string, VmsdIr>>;
}

export function randomSchema(seed: number): RandomSchema {
  const make = new Maker(createRandom(seed));
  make.vmsd("root", MOST_NESTED);
  const vmsds = make.vmsds;
  return { vmsds, ...programOf(vmsds) };
}

class Maker {
  readonly vmsds: Record<string, VmsdIr> = {};
  private readonly random: Random;
  private readonly ids = new Set(["root"]);

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
    const count = 1 + below(depth === MOST_NESTED ? 8 : 5);
    for (let at = 0; at < count; at++) body.addRandom();
    // Among so many of them, codecs hold and write fields in another way.
    if (depth === MOST_NESTED && chance(0.06)) body.addScalars(pick([30, 60, 130, 260]));
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
    const id = randomId(this.random, this.ids.size, this.ids);
    this.ids.add(id);
    return id;
  }
}

class Body {
  readonly fields: FieldIr[] = [];
  readonly properties: Record<string, number | boolean | string>;
  /** Keys that predicates and counts may ask for. */
  private readonly numbers: string[] = [];
  /** Keys of the whole vmsd. */
  private readonly used: Set<string>;
  private readonly maker: Maker;
  private readonly random: Random;
  private readonly name: string;
  private readonly newestGuard: number;
  private readonly depth: number;
  private readonly expressions: RandomExpressions;

  constructor(
    maker: Maker,
    random: Random,
    name: string,
    versionId: number,
    newestGuard: number,
    properties: Record<string, number | boolean | string>,
    depth: number,
    known: readonly string[] = [],
    used = new Set<string>(),
  ) {
    this.maker = maker;
    this.random = random;
    this.name = name;
    this.newestGuard = newestGuard;
    this.properties = properties;
    this.depth = depth;
    this.numbers.push(...known);
    this.used = used;
    this.expressions = new RandomExpressions(random, { numbers: this.numbers, properties, versionId });
  }

  add(key: string, kind: KindIr, more: Partial<FieldIr> = {}): FieldIr {
    const field = { key, name: key, kind, since: 0, at: AT, ...more };
    this.fields.push(field);
    return field;
  }

  addRandom(): void {
    const { chance, below } = this.random;
    const key = randomKey(this.random, this.used);
    const kind = this.kind(true);
    const guarded = chance(0.2) ? { since: below(this.newestGuard + 2) } : {};
    const exists = chance(0.15) ? { exists: this.expressions.predicate() } : {};
    const padding = kind.kind === "unused_buffer";
    const validate = chance(0.4) ? this.expressions.rule(key, kind) : undefined;
    const absent =
      chance(0.4) && !padding ? { absent: randomJson(kind, { vmsd: (id) => this.maker.vmsds[id] as VmsdIr }, this.random) } : {};
    this.add(key, kind, { ...guarded, ...exists, ...(validate === undefined ? {} : { validate }), ...absent });
    if (NUMBERS.includes(kind.kind as ScalarKind)) this.numbers.push(key);
  }

  addScalars(count: number): void {
    for (let at = 0; at < count; at++) this.add(randomKey(this.random, this.used), { kind: this.random.pick(SCALARS) });
  }

  subsections(count: number): SubsectionIr[] {
    const { chance, below } = this.random;
    return Array.from({ length: count }, (_, at) => {
      const name = `${this.name}/sub${at}`;
      const versionId = below(4);
      const inner = new Body(this.maker, this.random, name, versionId, versionId, this.properties, this.depth, this.numbers, this.used);
      const fields = below(6);
      for (let each = 0; each < fields; each++) inner.addRandom();
      const flagged = chance(0.3);
      if (flagged) this.add(randomKey(this.random, this.used), { kind: "sent", subsection: name });
      return {
        name,
        versionId,
        minimumVersionId: below(versionId + 1),
        fields: inner.fields,
        subsections: chance(0.2) && this.depth > 0 ? inner.subsections(1 + below(2)).map(withoutFlags) : [],
        ...(flagged || chance(0.1) ? {} : { needed: inner.expressions.predicate() }),
        at: AT,
      };
    }).map((subsection) => ({ ...subsection, fields: subsection.fields.filter(({ kind }) => kind.kind !== "sent") }));
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
        return { kind, element: this.element(), count: this.expressions.count(), max: 3 * MOST, ...(chance(0.2) ? { multiply: 2 } : {}) };
      case "buffer":
        return { kind, size: pick([0, 1, 3, 16, 300]) };
      case "varBuffer":
        return { kind, size: this.expressions.count(), max: 5 * MOST, ...(chance(0.3) ? { multiply: 4 } : {}) };
      case "bitmap":
        return { kind, bits: chance(0.5) ? literal(pick([1, 63, 64, 65, 200])) : this.expressions.count(), max: 200 };
      case "unused_buffer":
        return { kind, size: chance(0.7) ? literal(pick([1, 4, 7])) : this.expressions.count(), max: 20 };
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
        return { kind, vmsd, max: 5, with: this.bindings(vmsd) };
      }
      case "gtree": {
        const value = this.maker.vmsd(this.maker.nextId(), this.depth - 1, { tmp: true });
        this.adopt(value);
        return { kind, key: chance(0.6) ? { kind: "uint64" } : this.treeKey(), value, max: 5 };
      }
      case "pointer":
        return { kind, target: this.kind(false) };
      case "nullable":
        return { kind, target: this.kind(false), isNull: this.expressions.isNull() };
      case "custom":
        return { kind, type: "by hand", layout: this.kind(false) };
      default:
        return { kind: kind as ScalarKind };
    }
  }

  private element(): KindIr {
    return this.kind(false);
  }

  private treeKey(): KindIr {
    const vmsd = this.maker.vmsd(this.maker.nextId(), this.depth - 1, { tmp: true });
    this.adopt(vmsd);
    return { kind: "struct", vmsd, with: {} };
  }

  private bindings(vmsd: string): Record<string, Expr> {
    const { properties } = this.maker.vmsds[vmsd] as VmsdIr;
    const bound = Object.keys(properties).filter(() => this.random.chance(0.5));
    this.adopt(vmsd, bound);
    return Object.fromEntries(
      bound.map((name) => [name, typeof properties[name] === "boolean" ? this.expressions.predicate() : this.expressions.number()]),
    );
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

import { block, brackets, type Code, code, list, raw } from "../code/code.ts";
import { reads } from "../code/reads.ts";
import type { KindIr, ScalarKind } from "../ir.ts";
import type { LoadBody } from "./body/load-body.ts";
import type { Module, RuntimeSymbol } from "./body/module.ts";
import { place } from "./body/place.ts";
import type { SaveBody } from "./body/save-body.ts";
import { closings, closingsOfMany } from "./closings.ts";
import { isInState, kindOf, sizeOf } from "./index.ts";
import { type At, HERE } from "./kind.ts";

/** Up to so many scalars are written out one by one: above it, the loop is as fast and the code far shorter. */
const UNROLLED = 64;
/** The same in a function that is too large already. */
const FEW = 4;

const GET: Readonly<Record<ScalarKind, RuntimeSymbol>> = {
  bool: "getBools",
  uint8: "getUint8s",
  uint16: "getUint16s",
  uint32: "getUint32s",
  uint64: "getUint64s",
  int8: "getInt8s",
  int16: "getInt16s",
  int32: "getInt32s",
  int64: "getInt64s",
  float64: "getUint64s",
  CPU_Double_U: "getUint64s",
  timer: "getInt64s",
};

const SET: Readonly<Record<ScalarKind, RuntimeSymbol>> = {
  bool: "setBools",
  uint8: "set8s",
  int8: "set8s",
  uint16: "set16s",
  int16: "set16s",
  uint32: "set32s",
  int32: "set32s",
  uint64: "set64s",
  int64: "set64s",
  float64: "set64s",
  CPU_Double_U: "set64s",
  timer: "set64s",
};

export function isScalar(kind: KindIr): kind is KindIr & { kind: ScalarKind } {
  return kind.kind in GET;
}

/** The type of several values of a kind. */
export function arrayType(element: KindIr, into: Module): Code {
  const type = kindOf(element).type(element, into);
  return type.text.includes(" ") ? code`(${type})[]` : code`${type}[]`;
}

/** An expression for `count` elements of fixed length. */
export function readElements(element: KindIr, count: number, at: At, into: Module): Code {
  if (count * leavesOf(element, into) <= UNROLLED) {
    const size = sizeOf(element, into.program) ?? 0;
    const one = (index: number): Code =>
      kindOf(element).fixed?.read(element, { ...at, offset: at.offset + index * size }, into) ?? raw("undefined");
    return brackets(Array.from({ length: count }, (_, index) => one(index)));
  }
  return readLooped(element, count, at, into);
}

function readLooped(element: KindIr, count: number, at: At, into: Module): Code {
  if (isScalar(element)) return code`${into.use(GET[element.kind])}(${raw(at.view)}, ${place(at)}, ${count})`;
  return readMany(element, { view: raw(at.view), bytes: raw(at.bytes), from: place(at), count: raw(String(count)) }, into);
}

/** A call of a function that reads a number of elements of fixed length. */
function readMany(element: KindIr, of: { view: Code; bytes: Code; from: Code; count: Code }, into: Module): Code {
  const size = sizeOf(element, into.program) ?? 0;
  const type = arrayType(element, into);
  const one = kindOf(element).fixed?.read(element, { ...HERE, base: "p" }, into) ?? raw("undefined");
  const given = [
    { name: "d", type: "DataView", value: of.view },
    { name: "b", type: "Uint8Array", value: of.bytes },
  ].filter(({ name }) => reads([one], name));
  const parameters = raw(given.map(({ name, type }) => `${name}: ${type}, `).join(""));
  const name = into.aside("readElements", (name) =>
    block(code`function ${name}(${parameters}o: number, n: number): ${type}`, [
      code`const a: ${type} = [];`,
      code`for (let i = 0, p = o; i < n; i++, p += ${size}) a.push(${one});`,
      code`return a;`,
    ]),
  );
  return code`${name}(${list([...given.map(({ value }) => value), of.from, of.count])})`;
}

export function storeElements(wrapped: KindIr, count: number, target: Code, at: At, into: Module): readonly Code[] {
  const element = bare(wrapped);
  const store = kindOf(element).fixed?.store;
  if (count === 0) return [code`${target} = [];`];
  const fresh = code`${target} = ${readLooped(element, count, at, into)};`;
  if (!isScalar(element) && store === undefined) return [fresh];
  // Structs that are nothing but padding have no state that could be another.
  if (isObject(element) && store?.(element, raw("e"), at, into).length === 0) return [code`if (${target}.length !== ${count}) ${fresh}`];
  const statements =
    isScalar(element) && count <= UNROLLED ? storeUnrolled(element, count, at, into) : [storeLooped(element, count, at, into)];
  return [block(code`if (${target}.length === ${count})`, [code`const a = ${target};`, ...statements], `} else ${fresh.text}`)];
}

/** Into the elements of `a`. Two 16-bit ones come out of one access, which is less than half the work. */
function storeUnrolled(element: KindIr & { kind: ScalarKind }, count: number, at: At, into: Module): readonly Code[] {
  const size = sizeOf(element, into.program) ?? 0;
  const read = (index: number, kind: KindIr = element): Code =>
    kindOf(kind).fixed?.read(kind, { ...at, offset: at.offset + index * size }, into) ?? raw("undefined");
  const store = (index: number): Code => code`a[${index}] = ${read(index)};`;
  const indexes = Array.from({ length: count }, (_, index) => index);
  if (element.kind !== "uint16" || count < 2) return indexes.map(store);
  return indexes.flatMap((index) => {
    if (index % 2 === 1) return [];
    if (index + 1 === count) return [store(index)];
    const pair = code`${raw(index === 0 ? "let " : "")}pair = ${read(index, { kind: "int32" })};`;
    return [pair, code`a[${index}] = pair >>> 16;`, code`a[${index + 1}] = pair & 0xffff;`];
  });
}

function storeLooped(element: KindIr, count: number, at: At, into: Module): Code {
  const { store, read } = kindOf(element).fixed ?? {};
  const size = sizeOf(element, into.program) ?? 0;
  // One letter more for each loop around.
  const p = /^p+$/.test(at.base) ? `${at.base}p` : "p";
  const here = { ...at, base: p, offset: 0 };
  const type = kindOf(element).type(element, into);
  const inner =
    store === undefined
      ? [code`a[i] = ${read?.(element, here, into) ?? raw("undefined")};`]
      : isObject(element)
        ? [code`const e = a[i] as ${type};`, ...store(element, raw("e"), here, into)]
        : [code`let e = a[i] as ${type};`, ...store(element, raw("e"), here, into), code`a[i] = e;`];
  return block(code`for (let i = 0, ${raw(p)} = ${place(at)}; i < ${count}; i++, ${raw(p)} += ${size})`, inner);
}

export function writeElements(element: KindIr, count: number, value: Code, at: At, body: SaveBody): readonly Code[] {
  const into = body.module;
  if (count === 0) return [];
  if (count * leavesOf(element, into) <= UNROLLED) return writeUnrolled(element, count, value, at, body);
  if (isScalar(element)) return [code`${into.use(SET[element.kind])}(${raw(at.view)}, ${place(at)}, ${value});`];
  const size = sizeOf(element, into.program) ?? 0;
  const [i, p, e] = [body.unique("i"), body.unique("p"), body.unique("e")];
  const statements = kindOf(element).fixed?.write(element, e, { ...at, base: p.text, offset: 0 }, body) ?? [];
  return [
    block(
      code`for (let ${i} = 0, ${p} = ${place(at)}; ${i} < ${count}; ${i}++, ${p} += ${size})`,
      withElement(element, e, code`${value}[${i}]`, statements, into),
    ),
  ];
}

function writeUnrolled(element: KindIr, count: number, value: Code, at: At, body: SaveBody): readonly Code[] {
  const size = sizeOf(element, body.module.program) ?? 0;
  const a = body.unique("a");
  const write = (one: Code, index: number): readonly Code[] =>
    kindOf(element).fixed?.write(element, one, { ...at, offset: at.offset + index * size }, body) ?? [];
  const indexes = Array.from({ length: count }, (_, index) => index);
  if (isScalar(element)) return [code`const ${a} = ${value};`, ...indexes.flatMap((index) => write(code`${a}[${index}]!`, index))];
  const e = body.unique("e");
  const writes = indexes.map((index) => write(e, index));
  // Padding alone asks for no element.
  if (!writes.some((each) => reads(each, e.text))) return writes.flat();
  return [
    code`const ${a} = ${value};`,
    ...writes.flatMap((each, index) => [code`${raw(index === 0 ? "let " : "")}${e} = ${a}[${index}]!;`, ...each]),
  ];
}

/** Writes elements of any kind at the running offset; their number has been checked. */
export function saveElements(element: KindIr, value: Code, body: SaveBody): readonly Code[] {
  const size = sizeOf(element, body.module.program);
  if (size !== undefined && isScalar(element))
    return [
      body.room(code`${value}.length * ${size}`),
      code`${body.use(SET[element.kind])}(d, o, ${value});`,
      code`o += ${value}.length * ${size};`,
    ];
  const [i, e] = [body.unique("i"), body.unique("e")];
  const outer = body.index;
  body.index = i.text;
  const statements = saveMoving(element, e, body);
  body.index = outer;
  const head = code`for (let ${i} = 0; ${i} < ${value}.length; ${i}++)`;
  return [block(head, withElement(element, e, code`${value}[${i}]`, statements, body.module))];
}

/** Statements with the element in a variable, where they ask for it: one that has nothing to write does not. */
function withElement(element: KindIr, name: Code, value: Code, statements: readonly Code[], into: Module): readonly Code[] {
  if (!reads(statements, name.text)) return statements;
  return [code`const ${name} = ${value} as ${kindOf(element).type(element, into)};`, ...statements];
}

/** Reads as many elements of any kind as `count` says, which has been held against its limit. */
export function loadElements(element: KindIr, count: Code, target: Code, body: LoadBody): readonly Code[] {
  const size = sizeOf(element, body.module.program);
  if (size !== undefined) {
    const read = isScalar(element)
      ? code`${body.use(GET[element.kind])}(d, o, ${count})`
      : readMany(element, { view: raw("d"), bytes: raw("b"), from: raw("o"), count }, body.module);
    return [
      code`if (o + ${count} * ${size} > end) throw ${body.use("truncated")}(r, ${body.vmsd}, o, ${`${body.field} `} + ${count} * ${size});`,
      ...closingsOfMany(element, count, HERE, body.field, body),
      code`${target} = ${read};`,
      code`o += ${count} * ${size};`,
    ];
  }
  const [i, e, a] = [body.unique("i"), body.unique("e"), body.unique("a")];
  const outer = body.index;
  body.index = i.text;
  const type = kindOf(element).type(element, body.module);
  const inner = loadMoving(element, e, body);
  body.index = outer;
  return [
    code`const ${a}: (${type})[] = [];`,
    block(code`for (let ${i} = 0; ${i} < ${count}; ${i}++)`, [code`let ${e}: ${type};`, ...inner, code`${a}.push(${e});`]),
    code`${target} = ${a};`,
  ];
}

/** Any kind at the running offset: one of fixed length is a run of its own. */
export function saveMoving(kind: KindIr, value: Code, body: SaveBody): readonly Code[] {
  const faces = kindOf(kind);
  const size = faces.size(kind, body.module.program);
  if (size === undefined) return faces.moving?.save(kind, value, body) ?? [];
  return [body.room(size), ...(faces.fixed?.write(kind, value, HERE, body) ?? []), code`o += ${size};`];
}

export function loadMoving(kind: KindIr, target: Code, body: LoadBody): readonly Code[] {
  const faces = kindOf(kind);
  const size = faces.size(kind, body.module.program);
  if (size === undefined) return faces.moving?.load(kind, target, body) ?? [];
  const read = (body.isLarge ? loopedRead(kind, body.module) : undefined) ?? faces.fixed?.read(kind, HERE, body.module) ?? raw("undefined");
  const assign = isInState(kind) ? [code`${target} = ${read};`] : [];
  return body.step(body.field, size, [...closings(kind, HERE, body.field, body), ...assign]);
}

/** An array of more than a few scalars, as little code. */
function loopedRead(kind: KindIr, into: Module): Code | undefined {
  const only = bare(kind);
  if (only.kind !== "array" && only.kind !== "array2d") return undefined;
  return leavesOf(only, into) <= FEW
    ? undefined
    : readLooped(only.element, only.kind === "array" ? only.count : only.rows * only.columns, HERE, into);
}

function isObject(kind: KindIr): boolean {
  return kind.kind === "struct" || kind.kind === "vstruct" || kind.kind === "tmp";
}

/** What a kind is on the wire and in the state. */
export function bare(kind: KindIr): KindIr {
  if (kind.kind === "pointer") return bare(kind.target);
  return kind.kind === "custom" ? bare(kind.layout) : kind;
}

/** Scalars in a field that is read and written in place, by code that can as well do it in the page; 0 for any other. */
export function pageable(kind: KindIr, into: Module): number {
  const only = bare(kind);
  if (isScalar(only)) return 1;
  if (sizeOf(only, into.program) === undefined) return 0;
  switch (only.kind) {
    case "array":
    case "array2d": {
      const leaves = leavesOf(only, into);
      return leaves <= UNROLLED && pageable(only.element, into) > 0 ? leaves : 0;
    }
    case "struct":
    case "vstruct":
    case "tmp": {
      const inner = into.program.vmsd(only.vmsd).fields.map((field) => pageable(field.kind, into));
      return inner.every((leaves) => leaves > 0) ? inner.reduce((sum, leaves) => sum + leaves, 0) : 0;
    }
    default:
      return 0;
  }
}

/** Scalars in one element: what unrolling it would print. */
function leavesOf(kind: KindIr, into: Module): number {
  if (kind.kind === "array") return kind.count * leavesOf(kind.element, into);
  if (kind.kind === "array2d") return kind.rows * kind.columns * leavesOf(kind.element, into);
  if (kind.kind === "pointer") return leavesOf(kind.target, into);
  if (kind.kind === "custom") return leavesOf(kind.layout, into);
  if (!isObject(kind) || !("vmsd" in kind)) return 1;
  return into.program.vmsd(kind.vmsd).fields.reduce((sum, field) => sum + leavesOf(field.kind, into), 0);
}

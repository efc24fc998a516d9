import type * as abi from "../../../runtime/codec/v1.ts";
import { type Code, code, raw } from "../../code/code.ts";
import type { Definition } from "../../code/scope.ts";
import type { VmsdIr } from "../../ir.ts";
import type { Program } from "../kind.ts";

/** What generated code may take from the runtime; a symbol that is renamed there is a type error here. */
export type RuntimeSymbol = keyof typeof abi | "Codec" | "Difference" | "JsonObject" | "Machine" | "View";

const TYPES_ONLY: ReadonlySet<RuntimeSymbol> = new Set<RuntimeSymbol>([
  "ByteReader",
  "ByteWriter",
  "Codec",
  "Difference",
  "JsonObject",
  "Machine",
  "View",
]);

const LONG_TEXT = 60;

/** One generated file while it is written: what it imports, and what its codec needs beside its functions. */
export class Module {
  readonly program: Program;
  private readonly symbols = new Set<RuntimeSymbol>();
  private readonly nestedIds = new Set<string>();
  private readonly beside: Definition[] = [];
  private splits = false;
  private pageSize = 0;
  private readonly runs = new Set<number>();

  constructor(program: Program) {
    this.program = program;
  }

  use(symbol: RuntimeSymbol): Code {
    this.symbols.add(symbol);
    return raw(symbol);
  }

  /** The code splits bigints into words, for which the module gets the memory. */
  splitsBigints(): void {
    this.splits = true;
  }

  /** The code reads so many bytes through the page. */
  needsPage(size: number): void {
    this.pageSize = Math.max(this.pageSize, size);
  }

  /** The code writes a run of so many bytes through the page. */
  needsRun(size: number): void {
    this.needsPage(size);
    this.runs.add(size);
  }

  /** The namespace of another vmsd's module. */
  nested(id: string): Code {
    this.nestedIds.add(id);
    return namespaceOf(id);
  }

  /** A definition beside the codec's functions, by a name that begins so; the same text is there once. Gives the name. */
  aside(prefix: string, make: (name: Code) => Code): Code {
    const known = this.beside.find(({ name, text }) => name.startsWith(prefix) && make(raw(name)).text === text.text);
    const name = known?.name ?? `${prefix}${this.beside.filter((each) => each.name.startsWith(prefix)).length}`;
    if (known === undefined) this.beside.push({ name, text: make(raw(name)) });
    return raw(name);
  }

  /** A string literal; a long one is a constant, as two functions have it. */
  text(prefix: string, content: string): Code {
    if (content.length <= LONG_TEXT) return code`${content}`;
    return this.aside(prefix, (name) => code`const ${name} = ${content};`);
  }

  imports(runtime: string, pathOf: (id: string) => string): readonly Code[] {
    const names = [...this.symbols].sort().map((symbol) => (TYPES_ONLY.has(symbol) ? `type ${symbol}` : symbol));
    return [
      ...(names.length > 0 ? [code`import { ${raw(names.join(", "))} } from ${runtime};`] : []),
      ...[...this.nestedIds].sort().map((id) => code`import * as ${namespaceOf(id)} from ${pathOf(id)};`),
    ];
  }

  asides(): readonly Definition[] {
    return this.beside;
  }

  /** What must be a constant to V8. */
  memory(): readonly Definition[] {
    const sizes = [...this.runs].sort((a, b) => a - b);
    return [...(this.splits ? SCRATCH : []), ...(this.pageSize > 0 ? pageOf(this.pageSize) : []), ...sizes.map(runOf)];
  }
}

function constant(name: string, value: Code): Definition {
  return { name, text: code`const ${raw(name)} = ${value};` };
}

/** Ids are whatever descriptors export, `s` and `load` as well; no other name in a codec begins like this. */
function namespaceOf(id: string): Code {
  return raw(`of_${id}`);
}

/** A bigint is split through memory that is seen as both: shifts and masks of bigints cost twenty times as much. */
const SCRATCH = [
  constant("S64", raw("new BigInt64Array(1)")),
  constant("S32", raw("new Int32Array(S64.buffer)")),
  constant("LOW", raw("new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1")),
  constant("HIGH", raw("1 - LOW")),
];

/** Memory at a constant place: places in it need neither an addition nor a check. */
function pageOf(size: number): readonly Definition[] {
  return [constant("PAGE", code`new DataView(new ArrayBuffer(${size}))`), constant("PAGE_BYTES", raw("new Uint8Array(PAGE.buffer)"))];
}

/** A view for each length that is copied out of the page, so that a save allocates none. */
function runOf(size: number): Definition {
  return constant(`PAGE_${size}`, code`PAGE_BYTES.subarray(0, ${size})`);
}

export function hasProperties(vmsd: VmsdIr): boolean {
  return Object.keys(vmsd.properties).length > 0;
}

import type * as abi from "../../runtime/codec/v1.ts";
import type { VmsdIr } from "../ir.ts";
import type { Program } from "../kinds/kind.ts";
import { type Code, code, raw } from "./code.ts";

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

/** One generated file while it is written: what it imports, and the functions that its codec needs beside it. */
export class Module {
  readonly program: Program;
  private readonly symbols = new Set<RuntimeSymbol>();
  private readonly nestedIds = new Set<string>();
  private readonly beside: Code[] = [];
  private splits = false;
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

  /** The code writes a run of so many bytes through the page. */
  needsPage(size: number): void {
    this.runs.add(size);
  }

  /** The namespace of another vmsd's module. */
  nested(id: string): Code {
    this.nestedIds.add(id);
    return namespaceOf(id);
  }

  /** A function of its own for what would be too long in place; gives its name. */
  aside(prefix: string, make: (name: Code) => Code): Code {
    const name = raw(`${prefix}${this.beside.length}`);
    const at = this.beside.push(name) - 1;
    this.beside[at] = make(name);
    return name;
  }

  imports(runtime: string, pathOf: (id: string) => string): readonly Code[] {
    const names = [...this.symbols].sort().map((symbol) => (TYPES_ONLY.has(symbol) ? `type ${symbol}` : symbol));
    return [
      ...(names.length > 0 ? [code`import { ${raw(names.join(", "))} } from ${runtime};`] : []),
      ...[...this.nestedIds].sort().map((id) => code`import * as ${namespaceOf(id)} from ${pathOf(id)};`),
    ];
  }

  /** What the codec's functions stand on: scratch memory, in the module itself, where it is a constant to V8; functions apart. */
  foundation(): readonly Code[] {
    return [...(this.splits ? SCRATCH : []), ...pageOf(this.runs), ...this.beside];
  }
}

/** Ids are whatever descriptors export, `s` and `load` as well; no other name in a codec begins like this. */
function namespaceOf(id: string): Code {
  return raw(`of_${id}`);
}

/** A bigint is split through memory that is seen as both: shifts and masks of bigints cost twenty times as much. */
const SCRATCH = [
  code`const S64 = new BigInt64Array(1);`,
  code`const S32 = new Int32Array(S64.buffer);`,
  code`S64[0] = 1n;`,
  code`const LOW = S32[0] === 1 ? 0 : 1;`,
  code`const HIGH = 1 - LOW;`,
];

/** Memory at a constant place, which V8 needs no bounds checks for, and a view of it for each length that is copied out of it. */
function pageOf(runs: ReadonlySet<number>): readonly Code[] {
  if (runs.size === 0) return [];
  const sizes = [...runs].sort((a, b) => a - b);
  return [
    code`const PAGE = new DataView(new ArrayBuffer(${sizes.at(-1) ?? 0}));`,
    code`const PAGE_BYTES = new Uint8Array(PAGE.buffer);`,
    ...sizes.map((size) => code`const PAGE_${size} = PAGE_BYTES.subarray(0, ${size});`),
  ];
}

export function hasProperties(vmsd: VmsdIr): boolean {
  return Object.keys(vmsd.properties).length > 0;
}

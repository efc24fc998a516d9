import { transform, transformSync } from "esbuild";
import * as abi from "../../runtime/codec/v1.ts";
import { emitCodec } from "../emit/codec-module.ts";
import type { VmsdIr } from "../ir.ts";
import type { Program } from "../kinds/kind.ts";

type State = { [key: string]: unknown };

/** A generated codec, compiled and loaded in this process. */
export type Generated = abi.Codec<State>;

export const RUNTIME = "runtime";

/** Source text of every vmsd's codec by id. */
export function sourcesOf(vmsds: Readonly<Record<string, VmsdIr>>, program: Program): Record<string, string> {
  return Object.fromEntries(
    Object.values(vmsds).map((vmsd) => [vmsd.id, emitCodec(vmsd, program, { runtime: RUNTIME, codec: (id) => `./${id}` })]),
  );
}

const OPTIONS = { loader: "ts", format: "cjs", target: "node20" } as const;

/** Compiles the codecs and gives that of `id`; other work can go on meanwhile. */
export async function runCodec(sources: Readonly<Record<string, string>>, id: string): Promise<Generated> {
  const compiled = Object.entries(sources).map(async ([name, text]) => [name, (await transform(text, OPTIONS)).code] as const);
  return link<{ codec: Generated }>(Object.fromEntries(await Promise.all(compiled)), id).codec;
}

/** What has been compiled at once, by its text: with one bug after the other in them, most modules stay as they were. */
const compiledTexts = new Map<string, string>();
const MOST_TEXTS = 3000;

function compileNow(text: string): string {
  const known = compiledTexts.get(text);
  if (known !== undefined) return known;
  if (compiledTexts.size >= MOST_TEXTS) compiledTexts.clear();
  const { code } = transformSync(text, OPTIONS);
  compiledTexts.set(text, code);
  return code;
}

/** Compiles generated modules, each `./name` to the others, and gives what one exports. */
export function runModule<T>(sources: Readonly<Record<string, string>>, name: string): T {
  const compiled = Object.entries(sources).map(([each, text]) => [each, compileNow(text)] as const);
  return link(Object.fromEntries(compiled), name);
}

function link<T>(compiled: Readonly<Record<string, string>>, name: string): T {
  const loaded = new Map<string, unknown>();
  const require = (specifier: string): unknown => (specifier === RUNTIME ? abi : load(specifier.slice(2)));
  const load = (each: string): unknown => {
    if (loaded.has(each)) return loaded.get(each);
    const module = { exports: {} };
    new Function("require", "module", "exports", compiled[each] ?? "")(require, module, module.exports);
    loaded.set(each, module.exports);
    return module.exports;
  };
  return load(name) as T;
}

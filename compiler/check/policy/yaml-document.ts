import { isMap, isPair, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { Position } from "../../describe/index.ts";
import { ConfigError } from "./config-error.ts";
import { type Document, segmentsOf } from "./document.ts";

/** Reads one YAML 1.2 document. Throws ConfigError with the position of the fault. Loaded only for files that are YAML. */
export function yamlDocument(text: string, path: string): Document {
  const lines = new LineCounter();
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, offset };
  };
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    const [fault] = [...document.errors, ...document.warnings];
    if (fault !== undefined) throw new ConfigError(path, sentence(fault.message), positionAt(fault.pos[0]));
    visit(document, {
      // One value in two places would have two positions, and nothing here is worth an anchor.
      Alias: (_, alias) => {
        throw new ConfigError(path, "Aliases are not allowed here.", positionAt(alias.range?.[0] ?? 0));
      },
    });
    const nodeAt = (segments: readonly string[]): unknown => (segments.length === 0 ? document.contents : document.getIn(segments, true));
    return {
      path,
      value: document.toJS() ?? {},
      valueAt: (pointer) => startOf(nodeAt(segmentsOf(pointer)), positionAt),
      keyAt: (pointer) => {
        const segments = segmentsOf(pointer);
        const key = segments.at(-1);
        const map = nodeAt(segments.slice(0, -1));
        const pair = isMap(map) ? map.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key) : undefined;
        return startOf(pair?.key, positionAt);
      },
    };
  } catch (error) {
    if (error instanceof RangeError) throw new ConfigError(path, "The file is nested too deeply.");
    throw error;
  }
}

function startOf(node: unknown, positionAt: (offset: number) => Position): Position | undefined {
  const { range } = (typeof node === "object" && node !== null ? node : {}) as { range?: readonly number[] | null };
  return range?.[0] === undefined ? undefined : positionAt(range[0]);
}

function sentence(message: string): string {
  const line = message.split("\n")[0] ?? "";
  return `The YAML cannot be read: ${line}${line.endsWith(".") ? "" : "."}`;
}

import { resolve } from "node:path";
import { buildSync } from "esbuild";
import { emitCodec } from "../../compiler/emit/codec-module.ts";
import type { VmsdIr } from "../../compiler/ir.ts";
import { programOf } from "../../compiler/program.ts";
import type { ByteReader, ByteWriter } from "../../runtime/codec/v1.ts";
import type { Codec } from "./codec.ts";
import type { WideState } from "./wide-by-hand.ts";

const AT = { file: "wide.ts", line: 1, column: 1 };

/** What is generated for a state of so many u32 fields, bundled with the runtime as a user would. */
export function wideGenerated(fields: number): Codec<WideState, ByteWriter, ByteReader> {
  const vmsd: VmsdIr = {
    id: "wide",
    name: "wide",
    versionId: 1,
    minimumVersionId: 1,
    properties: {},
    fields: Array.from({ length: fields }, (_, index) => ({
      key: `f${index}`,
      name: `f${index}`,
      kind: { kind: "uint32" },
      since: 0,
      at: AT,
    })),
    subsections: [],
    types: [],
    at: AT,
  };
  const contents = emitCodec(vmsd, programOf({ wide: vmsd }), { runtime: "./runtime/codec/v1.ts", codec: (id) => `./${id}.ts` });
  const { outputFiles } = buildSync({
    stdin: { contents, loader: "ts", resolveDir: resolve(".") },
    bundle: true,
    format: "cjs",
    target: "node20",
    write: false,
  });
  const module = { exports: {} };
  new Function("module", outputFiles[0]?.text ?? "")(module);
  return module.exports as Codec<WideState, ByteWriter, ByteReader>;
}

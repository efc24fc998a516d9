import { closeSync, readSync } from "node:fs";
import { JSONParser } from "@streamparser/json";
import { InputError } from "../../compiler/describe/input-error.ts";
import { openInput } from "../../compiler/describe/read-file.ts";
import { JsonError } from "../../runtime/codec/errors.ts";
import { sourceOfFile } from "../../runtime/stream/byte-source.ts";
import { STREAM_SCHEMA, writeItem } from "../../runtime/stream/json/document.ts";
import { Out } from "../../runtime/stream/out.ts";
import { type Command, EXIT, UsageError } from "../command.ts";
import { parseOptions } from "../options.ts";
import { onePath } from "./one-path.ts";
import { writeAll, writeOutput } from "./write-output.ts";

export const command: Command = {
  summary: "a stream from what decode printed",
  help: `usage: vmstate stream encode [OPTION…] -o OUT DOCUMENT

Makes a stream from the JSON that vmstate stream decode printed, and from nothing else. Values may have been changed: offsets and the
problems in the document are not looked at.

  -o, --out OUT     the stream; - for standard output
  --ram FILE        what pages hold, when decode was told to keep it apart

  vmstate stream decode vm.mig > vm.json && vmstate stream encode -o same.mig vm.json
`,
  run: (args) => {
    const { values, positionals } = parseOptions(args, { out: { type: "string", short: "o" }, ram: { type: "string" } });
    const path = onePath(positionals, "DOCUMENT");
    if (values.out === undefined) throw new UsageError("-o OUT is missing.");
    const input = openInput(path);
    const ram = values.ram === undefined ? undefined : openInput(values.ram);
    try {
      writeOutput(values.out, (output) => {
        const out = new Out((bytes) => writeAll(output, bytes));
        encode(input, path, out, ram);
        out.flush();
      });
    } finally {
      for (const fd of [input, ram]) if (fd !== undefined && fd > 0) closeSync(fd);
    }
    return EXIT.ok;
  },
};

const PIECE = 1 << 16;

/** The document is never in memory as a whole: it may hold all of a guest's RAM. */
function encode(input: number, path: string, out: Out, ram: number | undefined): void {
  const parser = new JSONParser({ paths: ["$.schema", "$.items.*"], keepStack: false });
  const payloads = ram === undefined ? undefined : { take: (count: number) => takeFrom(ram, count) };
  let schema: unknown;
  let items = 0;
  parser.onValue = ({ key, value }) => {
    if (key === "schema") schema = value;
    else writeItem(out, value, `items[${items++}]`, payloads);
  };
  parser.onError = (error) => {
    throw error;
  };
  const source = sourceOfFile(input);
  const piece = new Uint8Array(PIECE);
  let at = 0;
  try {
    for (let got = source.read(piece); got > 0; got = source.read(piece)) {
      parser.write(piece.subarray(0, got));
      at += got;
    }
    if (!parser.isEnded) parser.end();
  } catch (error) {
    if (error instanceof JsonError) throw new InputError("DOCUMENT", path, error.message);
    if (!(error instanceof Error) || error instanceof InputError) throw error;
    throw new InputError("JSON", path, `This is no JSON, within the ${PIECE} bytes behind offset ${at}: ${error.message}`);
  }
  if (schema !== STREAM_SCHEMA)
    throw new InputError("SCHEMA", path, `This is no document of a stream: its "schema" is not "${STREAM_SCHEMA}".`);
}

function takeFrom(fd: number, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  let filled = 0;
  while (filled < count) {
    const got = readSync(fd, bytes, filled, count - filled, null);
    if (got === 0) break;
    filled += got;
  }
  return bytes.subarray(0, filled);
}

import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Extractor } from "../../runtime/stream/ram/extractor.ts";
import { type Command, EXIT, UsageError } from "../command.ts";
import { byteCount, parseOptions } from "../options.ts";
import { onePath } from "./one-path.ts";
import { endOf, problemLine } from "./problems.ts";
import { readInput } from "./read-input.ts";
import { explained } from "./write-output.ts";

/** The id of index.json; within /1 keys are added, never renamed. */
const RAM_SCHEMA = "vmstate-stream-ram/1";

export const command: Command = {
  summary: "the guest's memory, as files",
  help: `usage: vmstate stream extract -o DIR STREAM

Puts each block of RAM into a file of DIR, as it is at the end of the stream, whatever the form in which its pages came. Pages that are zero
are holes of the file; those that never came, or over another connection, are too. DIR is made, or is empty. Its index.json lists the
blocks with their lengths and files. In the name of a file everything but a-z, 0-9, '-', '_' and '.' is '%' and two hex digits.

  -o, --out DIR     the folder
  --offset BYTES    where the stream begins in its file, as in QEMU's file:PATH,offset=BYTES

Exit status: 0 done, 1 a page was damaged and is not in the files, 3 the stream ends, or cannot be read further.

  vmstate stream extract -o ram vm.mig
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, { out: { type: "string", short: "o" }, offset: { type: "string" } });
    const path = onePath(positionals, "STREAM");
    if (values.out === undefined) throw new UsageError("-o DIR is missing.");
    const offset = byteCount("offset", values.offset);
    makeFolder(values.out);
    const extractor = new Extractor(values.out);
    try {
      await readInput(path, extractor, { offset, payloads: true }, io);
      extractor.close();
    } catch (error) {
      throw explained(error);
    }
    const index = { schema: RAM_SCHEMA, blocks: extractor.blocks };
    writeFileSync(join(values.out, "index.json"), `${JSON.stringify(index, null, 2)}\n`, { flag: "wx" });
    const { problems } = extractor;
    for (const problem of problems) io.err(problemLine(path, problem));
    if (endOf(problems) !== undefined) return EXIT.input;
    return problems.some((problem) => problem.path.startsWith("ram/")) ? EXIT.findings : EXIT.ok;
  },
};

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    if (readdirSync(path).length === 0) return;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`The folder '${path}' cannot be made (${code ?? message}).`);
  }
  throw new UsageError(`The folder '${path}' is not empty.`);
}

import { resolve } from "node:path";

/** Source text of the programs that load the state of a machine, by name. Both read the same files, but for the intermediate form. */
export function coldPrograms(folder: string, machine: string): Readonly<Record<"generated" | "interpreter", string>> {
  const quoted = (path: string): string => JSON.stringify(resolve(path));
  const read = (name: string): string => `readFileSync(${JSON.stringify(`${folder}/${name}`)})`;
  const common = `import { readFileSync } from "node:fs";
const bytes = ${read("state.bin")};
const index = JSON.parse(${read("index.json")}.toString());
function report(states) {
  const ms = performance.now() - performance.nodeTiming.bootstrapComplete;
  const plain = function (key, value) {
    if (this[key] instanceof Uint8Array) return Buffer.from(this[key]).toString("hex");
    if (typeof value === "bigint") return value + "n";
    // The order of a state's keys is each program's own.
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  };
  console.log(process.argv[2] === "time" ? ms : JSON.stringify(states, plain));
}
`;
  return {
    generated: `${common}
import { ByteReader } from ${quoted("runtime/codec/v1.ts")};
import { machine } from ${JSON.stringify(`./gen/${machine}/machine.ts`)};
const sections = new Map(machine.sections.map((section) => [section.codec.name, section]));
const reader = new ByteReader(bytes);
report(index.map(({ name, versionId }) => {
  const { codec, properties } = sections.get(name);
  return codec.load(reader, versionId, properties);
}));
`,
    interpreter: `${common}
import { interpretLoad } from ${quoted("compiler/interpret.ts")};
import { programOf } from ${quoted("compiler/program.ts")};
const program = programOf(JSON.parse(${read("ir.json")}.toString()).vmsds);
let at = 0;
report(index.map(({ id, versionId }) => {
  const { state, end } = interpretLoad(program, id, bytes.subarray(at), versionId);
  at += end;
  return state;
}));
`,
  };
}

// Holds the compiled machine types against real streams that name no machine: `npm run machines -- FOLDER`, which holds *.mig or *.mig.gz. Each is
// given as a file alone; every device byte must be decoded, each section loaded by its generated codec and saved again the same, through
// its JSON form as well.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { chooseCodec } from "../cli/stream/machine/choose-codec.ts";
import type { ByteSource } from "../runtime/stream/byte-source.ts";
import type { Problem } from "../runtime/stream/errors.ts";
import type { SectionItem } from "../runtime/stream/item.ts";
import { readStream } from "../runtime/stream/read-stream.ts";
import type { MachineFound } from "../runtime/stream/section-codec.ts";
import { backAndForth } from "./machines/back-and-forth.ts";

/** `5.2-pc-i440fx-2.0-e1000.mig`: what the stream really was written by. */
const NAME = /^(?<profile>[\d.]+)-(?<machine>pc-i440fx-[\d.]+)-/;

interface Count {
  streams: number;
  sections: number;
  bytes: number;
  wrong: number;
}

async function main(folder: string | undefined): Promise<number> {
  if (folder === undefined) {
    console.error("usage: npm run machines -- FOLDER");
    return 2;
  }
  const count: Count = { streams: 0, sections: 0, bytes: 0, wrong: 0 };
  for (const name of readdirSync(folder)
    .filter((each) => /\.mig(\.gz)?$/.test(each))
    .sort()) {
    const file = readFileSync(join(folder, name));
    await look(name, name.endsWith(".gz") ? gunzipSync(file) : file, count);
  }
  const { streams, sections, bytes, wrong } = count;
  console.log(
    `${streams} streams, ${sections} sections of ${bytes} bytes, loaded and saved the same by compiled codecs; ${wrong} problems`,
  );
  return wrong === 0 && streams > 0 ? 0 : 1;
}

async function look(name: string, stream: Uint8Array, count: Count): Promise<void> {
  const codec = await chooseCodec({});
  const sections: { item: SectionItem; body: Uint8Array }[] = [];
  const problems: Problem[] = [];
  let isDescribed = false;
  const section = (item: SectionItem, body: Uint8Array): void => {
    sections.push({ item, body: body.slice() });
  };
  const sink = {
    item: ({ item }: { item: string }): void => {
      isDescribed ||= item === "description";
    },
    section,
    page: () => {},
    pages: () => {},
    problem: (problem: Problem) => problems.push(problem),
  };
  readStream(memory(stream), sink, { payloads: false, codec });
  if (isDescribed) return;
  count.streams++;
  const found = codec.machine();
  const lines = [
    ...problems.map(({ at, path, message }) => `offset ${at}, ${path}: ${message}`),
    ...machineProblems(name, found),
    ...sections.filter(({ item }) => item.framing !== "codec").map(({ item }) => `${item.name} is opaque (${item.body.bytes} bytes)`),
  ];
  for (const { item, body } of sections) {
    if (found === undefined) break;
    const wrong = await backAndForth(found, item, body);
    if (wrong !== undefined) lines.push(`${item.name}: ${wrong}`);
    count.sections++;
    count.bytes += body.length;
  }
  count.wrong += lines.length;
  for (const line of lines.slice(0, 5)) console.log(`${name}: ${line}`);
}

function machineProblems(name: string, found: MachineFound | undefined): readonly string[] {
  const { machine, profile } = NAME.exec(name)?.groups ?? {};
  if (found === undefined) return ["no machine type was found"];
  if (found.undecided !== undefined) return [`undecided: ${found.undecided.join(", ")}`];
  if (machine === undefined || found.candidates.some((each) => each.name === machine && each.profile === profile)) return [];
  return [`taken for ${found.candidates.map((each) => `${each.name} of ${each.profile}`).join(" or ")}`];
}

function memory(bytes: Uint8Array): ByteSource {
  let at = 0;
  return {
    read: (into) => {
      const piece = bytes.subarray(at, at + into.length);
      into.set(piece);
      at += piece.length;
      return piece.length;
    },
    random: {
      size: bytes.length,
      peek: (into, from) => {
        const piece = bytes.subarray(from, from + into.length);
        into.set(piece);
        return piece.length;
      },
    },
  };
}

main(process.argv[2]).then((status) => {
  process.exitCode = status;
});

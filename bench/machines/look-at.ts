import { sourceOfBytes } from "../../runtime/stream/byte-source.ts";
import type { Problem } from "../../runtime/stream/errors.ts";
import type { SectionItem } from "../../runtime/stream/item.ts";
import { readStream } from "../../runtime/stream/read-stream.ts";
import type { MachineFound, SectionCodec } from "../../runtime/stream/section-codec.ts";
import { backAndForth } from "./back-and-forth.ts";

export interface Looked {
  readonly sections: number;
  /** Of devices. */
  readonly bytes: number;
  readonly problems: readonly string[];
}

/** `5.2-pc-i440fx-2.0-e1000.mig`: what the stream really was written by. */
const NAME = /(?<profile>[\d.]+)-(?<machine>pc-i440fx-[\d.]+)-[^/]*$/;

/**
 * Reads a stream by whichever machine type fits, and takes each of its sections through the codec that was generated for it and back. Undefined
 * for one that describes itself.
 */
export async function lookAt(path: string, stream: Uint8Array, codec: SectionCodec): Promise<Looked | undefined> {
  const sections: { item: SectionItem; body: Uint8Array }[] = [];
  const problems: Problem[] = [];
  let isDescribed = false;
  const sink = {
    item: ({ item }: { item: string }): void => {
      isDescribed ||= item === "description";
    },
    section: (item: SectionItem, body: Uint8Array): void => {
      sections.push({ item, body: body.slice() });
    },
    page: () => {},
    pages: () => {},
    problem: (problem: Problem) => problems.push(problem),
  };
  readStream(sourceOfBytes(stream), sink, { payloads: false, codec });
  if (isDescribed) return undefined;
  const found = codec.machine();
  const lines = [
    ...problems.map(({ at, path: where, message }) => `offset ${at}, ${where}: ${message}`),
    ...machineProblems(path, found),
    ...sections.filter(({ item }) => item.framing !== "codec").map(({ item }) => `${item.name} is opaque (${item.body.bytes} bytes)`),
  ];
  for (const { item, body } of sections) {
    const wrong = found === undefined ? undefined : await backAndForth(found, item, body);
    if (wrong !== undefined) lines.push(`${item.name}: ${wrong}`);
  }
  return { sections: sections.length, bytes: sections.reduce((sum, { body }) => sum + body.length, 0), problems: lines };
}

function machineProblems(path: string, found: MachineFound | undefined): readonly string[] {
  const { machine, profile } = NAME.exec(path)?.groups ?? {};
  if (found === undefined) return ["no machine type was found"];
  if (found.undecided !== undefined) return [`undecided: ${found.undecided.join(", ")}`];
  if (machine === undefined || found.candidates.some((each) => each.name === machine && each.profile === profile)) return [];
  return [`taken for ${found.candidates.map((each) => `${each.name} of ${each.profile}`).join(" or ")}`];
}

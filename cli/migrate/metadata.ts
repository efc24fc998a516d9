import { compare, type Scope } from "../../compiler/check/compare.ts";
import { verdictLine } from "../../compiler/check/render/headline.ts";
import { contentId, InputError, type Metadata, readMetadata, readMetadataFile } from "../../compiler/describe/index.ts";
import { writeMetadata } from "../../compiler/describe/write-metadata.ts";
import type { Guest } from "../../runtime/guest/guest.ts";
import { sectionFinder } from "../../runtime/guest/section-finder.ts";
import { builtInMachines } from "../built-in-machines.ts";
import { machineOf } from "./guest.ts";
import type { Values } from "./options.ts";

/** Why a source's state cannot be loaded here. */
interface Refusal {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

export interface OwnMetadata {
  /** Equal for equal content, however that is written. */
  readonly hash: string;
  readonly text: () => Promise<string>;
  /** What the checker says of a source's metadata with this side loading; nothing unless there is something that cannot be loaded. */
  readonly judge: (source: string) => Promise<Refusal | undefined>;
}

/** What describes this side's state: a file, or what the machine type's descriptors say. Throws InputError. */
export function metadataOf(values: Values, guest: Guest): OwnMetadata | undefined {
  if (values["no-metadata"] === true) return undefined;
  const own = values.metadata === undefined ? ofMachine(values) : readMetadataFile(values.metadata);
  return { hash: contentId(own), text: async () => own.source.text, judge: async (text) => judge(text, own, guest) };
}

function ofMachine(values: Values): Metadata {
  const { name, profile } = machineOf(values);
  const written = writeMetadata(builtInMachines(), { machine: name, ...(profile === undefined ? {} : { profile }) });
  return readMetadata(Buffer.from(JSON.stringify(written)), name);
}

function judge(text: string, own: Metadata, guest: Guest): Refusal | undefined {
  let source: Metadata;
  try {
    source = readMetadata(Buffer.from(text), "the source's metadata");
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { code: "bad-message", path: "", message: error.message };
  }
  const report = compare(source, own, { scope: scopeOf(guest) });
  if (report.verdict.forward !== "incompatible") return undefined;
  const finding = report.findings.find(({ levels }) => levels.forward === "error");
  const { path = "", message = "", sections = [] } = finding ?? {};
  const where = sections.length === 0 ? "" : `${sections.join(", ")}: `;
  return { code: "incompatible", path, message: `The metadata of the two sides is ${verdictLine(report, "forward")}: ${where}${message}` };
}

/** The guest's own devices: what others would lose does not concern it. */
function scopeOf({ machine, devices }: Guest): Scope {
  const find = sectionFinder(machine);
  const types = devices.flatMap(({ name, codec }) => {
    const types = find(name)?.types ?? [];
    return types.length === 0 ? [codec.name] : types;
  });
  return { source: "list", types: [...new Set(types)], complete: true, unknown: [] };
}

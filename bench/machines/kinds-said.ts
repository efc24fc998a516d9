import type { ByteSource } from "../../runtime/stream/byte-source.ts";
import type { IsSaid } from "./agreement.ts";
import { leavesOf, type NameNow } from "./leaves.ts";
import { readDescribed } from "./read-described.ts";

export interface NamedStream {
  /** `5.2-pc-i440fx-2.12-e1000.mig`: begins with the build that wrote it. */
  readonly name: string;
  readonly source: ByteSource;
}

/** What kinds the descriptions of these streams say that leaves have; for a stream, what those of other builds than its own say. */
export function kindsSaid(streams: Iterable<NamedStream>, nameNow: NameNow): (stream: string) => IsSaid {
  const builds = new Map<string, Set<string>>();
  for (const { name, source } of streams)
    readDescribed(source, (_item, _body, described) => {
      for (const { path, type } of leavesOf(described, nameNow)) {
        const key = keyOf(described.vmsd, path, type);
        builds.set(key, (builds.get(key) ?? new Set()).add(buildOf(name)));
      }
    });
  return (stream) => (vmsd, path, type) => [...(builds.get(keyOf(vmsd, path, type)) ?? [])].some((build) => build !== buildOf(stream));
}

function keyOf(vmsd: string, path: string, type: string): string {
  return JSON.stringify([vmsd, path, type]);
}

function buildOf(stream: string): string {
  return stream.slice(0, stream.indexOf("-"));
}

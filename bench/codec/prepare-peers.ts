import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { PEERS, peer } from "./peer.ts";

interface Root {
  resolveAll(): void;
  toDescriptor(edition: string): object;
}
interface Protobuf {
  parse(source: string, options: object): { root: Root };
}
interface Descriptor {
  FileDescriptorSet: { encode(message: object): { finish(): Uint8Array } };
}
interface KaitaiCompiler {
  compile(language: string, schema: unknown): Promise<Record<string, string>>;
}

/** Runs the compilers of those peers that have one; what they make is not committed. */
export async function preparePeers(): Promise<void> {
  const schema = (name: string): string => `${PEERS}/schemas/${name}`;
  const made = (name: string): string => `${PEERS}/gen/${name}`;
  mkdirSync(`${PEERS}/gen`, { recursive: true });

  const pbjs = ["--target", "static-module", "--wrap", "commonjs", "--keep-case", "--out", made("protobufjs.cjs"), schema("e1000.proto")];
  const run = spawnSync(process.execPath, [`${PEERS}/node_modules/protobufjs-cli/bin/pbjs`, ...pbjs], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`pbjs failed: ${run.stderr}`);

  const { root } = peer<Protobuf>("protobufjs").parse(readFileSync(schema("e1000.proto"), "utf8"), { keepCase: true });
  const { FileDescriptorSet } = peer<Descriptor>("protobufjs/ext/descriptor");
  root.resolveAll();
  writeFileSync(made("e1000.descriptor"), FileDescriptorSet.encode(root.toDescriptor("proto3")).finish());

  const files = await peer<KaitaiCompiler>("kaitai-struct-compiler").compile(
    "javascript",
    parse(readFileSync(schema("e1000.ksy"), "utf8")),
  );
  for (const [name, text] of Object.entries(files)) writeFileSync(made(name), text);
}

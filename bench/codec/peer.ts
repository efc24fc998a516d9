import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

/** The libraries have a package of their own, installed by `npm run bench:codec:peers`; the project's tree does not hold them. */
export const PEERS = resolve("bench/codec/peers");

const requirePeer = createRequire(`${PEERS}/package.json`);

export function peersInstalled(): boolean {
  return existsSync(`${PEERS}/node_modules/.package-lock.json`);
}

/** A library under the few types that a case uses of it. */
export function peer<Face>(name: string): Face {
  return requirePeer(name) as Face;
}

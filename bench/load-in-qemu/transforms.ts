import { copyFileSync, rmSync } from "node:fs";
import { vmstateStream } from "./vmstate-stream.ts";

/** Makes the stream file `to` of `from`, which does not exist any more afterwards. */
export type Transform = (from: string, to: string) => void;

/** Changes nothing: proves that what goes wrong otherwise is not this program's fault. */
export const plainCopy: Transform = (from, to) => {
  copyFileSync(from, to);
  rmSync(from);
};

/** By our commands: what is loaded was written from nothing but JSON. */
export const throughJson: Transform = (from, to) => {
  const json = `${to}.json`;
  vmstateStream(["decode", from], json);
  rmSync(from);
  vmstateStream(["encode", json, "-o", to]);
};

/** By rewrite, which sends each page once and in order, with what it holds at the end. */
export const finalRam: Transform = (from, to) => {
  vmstateStream(["rewrite", "--ram", "final", from, "-o", to]);
  rmSync(from);
};

import { be32, differing32 } from "../bytes.ts";
import { TYPE } from "../format.ts";
import { subsectionHead, type VmsdLayout } from "./layout.ts";

/** The first byte of a subsection's head that is not as it is described, and what should stand there. */
export function wrongHead({ vmsd, version }: VmsdLayout, bytes: Uint8Array, start: number): { at: number; message: string } | undefined {
  const fail = (at: number, what: string) => ({ at, message: `By the stream's description ${what} here; the bytes say otherwise.` });
  if (bytes[start] !== TYPE.subsection) return fail(start, `the subsection '${vmsd}' begins`);
  if (bytes[start + 1] !== vmsd.length) return fail(start + 1, `the name '${vmsd}' of a subsection stands`);
  for (let i = 0; i < vmsd.length; i++)
    if (bytes[start + 2 + i] !== vmsd.charCodeAt(i)) return fail(start + 2 + i, `the name '${vmsd}' of a subsection stands`);
  const at = start + subsectionHead(vmsd) - 4;
  const sent = be32(bytes, at);
  return sent === version ? undefined : fail(at + differing32(sent, version), `the version ${version} of '${vmsd}' stands`);
}

import { PageKernel } from "../../ram/page-kernel.ts";
import { WASM_PAGE, wasm } from "../../ram/webassembly.ts";
import type { CapturedBlock } from "../devices-of-stream.ts";
import type { RamBlock } from "../guest.ts";
import { PAGE_SIZE } from "../page-pattern.ts";

/** A block with a kernel over it. */
export type KernelBlock = RamBlock & { readonly kernel: PageKernel };

/** Room behind a block for who works on it: bytes a page, and bytes of it besides. */
const ROOM_A_PAGE = 16;
const ROOM = 1 << 20;
const MOST = 2 ** 32;

/** A block in shared memory of its own. The kernel gives the room behind it: `kernel.take`. */
export function createBlock({ id, size, contents }: CapturedBlock): KernelBlock {
  if (size % PAGE_SIZE !== 0) throw new RangeError(`The block '${id}' has ${size} bytes, which are no whole pages.`);
  const bytes = size + (size / PAGE_SIZE) * ROOM_A_PAGE + ROOM;
  if (bytes > MOST) throw new RangeError(`The block '${id}' has ${size} bytes, more than a memory has with the room that is worked in.`);
  const units = Math.ceil(bytes / WASM_PAGE);
  const kernel = new PageKernel({ memory: new wasm.Memory({ initial: units, maximum: units, shared: true }), pageSize: PAGE_SIZE });
  kernel.take(size);
  const block = { id, size, pageSize: PAGE_SIZE, bytes: kernel.bytes.subarray(0, size), kernel };
  if (contents !== undefined) block.bytes.set(contents);
  return block;
}

import type { Guest } from "../../guest/guest.ts";
import type { Connection } from "../connection.ts";
import { type Messages, PROTOCOL, type Reason } from "../protocol.ts";
import type { DestinationContext } from "./context.ts";

/** Says whether this machine can be taken, before a byte of it is sent; gives why not. */
export async function answer(c: DestinationContext, connection: Connection, hello: Messages["hello"]): Promise<Reason | undefined> {
  const reason = unfit(c.guest, hello) ?? (await judge(c, connection, hello));
  if (reason === undefined) {
    await connection.say({ kind: "accept", boot: c.boot });
    return undefined;
  }
  const refusal = { phase: "hello", ...reason };
  await connection.say({ kind: "refuse", ...refusal });
  return refusal;
}

type Unfit = Omit<Reason, "phase">;

function unfit({ machine, blocks, postcopy }: Guest, hello: Messages["hello"]): Unfit | undefined {
  if (hello.protocol !== PROTOCOL)
    return { code: "bad-message", path: "", message: `The source speaks ${hello.protocol}; here ${PROTOCOL} is spoken.` };
  if (hello.machine !== machine.name)
    return { code: "wrong-machine", path: "", message: `The source's machine is a ${hello.machine}; the one here is a ${machine.name}.` };
  if (hello.capabilities.postcopy && postcopy === undefined)
    return { code: "incompatible", path: "", message: "The machine here cannot run without a part of its memory, as post-copy wants it." };
  const own = new Map(blocks.map((block) => [block.id, block]));
  for (const { id, size, pageSize } of hello.blocks) {
    const block = own.get(id);
    own.delete(id);
    const path = `ram/${id}`;
    if (block === undefined) return { code: "wrong-block", path, message: `The source has a block '${id}', which is not here.` };
    if (block.size !== size || block.pageSize !== pageSize)
      return { code: "wrong-block", path, message: `The block '${id}' has ${size} bytes at the source and ${block.size} bytes here.` };
  }
  for (const id of own.keys())
    return { code: "wrong-block", path: `ram/${id}`, message: `The block '${id}' is here, and the source does not have it.` };
  return undefined;
}

/** Metadata with the same hash says the same; of another the checker has the word. */
async function judge({ metadata }: DestinationContext, connection: Connection, hello: Messages["hello"]): Promise<Unfit | undefined> {
  if (metadata === undefined || hello.metadata === undefined || hello.metadata === metadata.hash) return undefined;
  await connection.say({ kind: "metadata?" });
  const { text } = await connection.hear(["metadata"]);
  try {
    return await metadata.judge(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { code: "incompatible", path: "", message: `The source's metadata cannot be compared with what is here: ${why}` };
  }
}

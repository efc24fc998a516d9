import { ByteReader, type Difference, LoadError } from "../codec/v1.ts";
import type { Device } from "../guest/guest.ts";
import { type Blame, blame } from "./blame.ts";
import { differencesOf } from "./compare-states.ts";

/** What goes beyond a body, when a load is to be led to its end whatever the save left out. */
const PADDING = 1 << 16;

/**
 * Loads a device's own body into a state and makes that the device's. Gives what is to blame when the codec does not take the whole of it;
 * the device has then the state `before`. Throws LoadError.
 */
export function loadBack(device: Device, reader: ByteReader, into: unknown, before: unknown, iteration: number): Blame | undefined {
  const { codec, properties } = device;
  codec.loadInto(into, reader, codec.versionId, properties);
  if (reader.at === reader.end) {
    device.state = into;
    return undefined;
  }
  const [first] = differencesOf(before, into);
  device.state = before;
  const over = `The load of '${codec.name}', version ${codec.versionId}, ends ${reader.end - reader.at} bytes before the end of what was saved.`;
  return blame("left-over", device, iteration, factsOf(first), over);
}

/** What a load that refused the whole body has to say. */
export function refused(device: Device, body: Uint8Array, before: unknown, error: LoadError, iteration: number): Blame {
  const message = `What was saved is refused: ${error.message}`;
  if (error.path === device.codec.name && (error.code === "too-new" || error.code === "too-old"))
    return blame("refused", device, iteration, { field: "version_id" }, message);
  // Bytes that are missing make the load stumble far behind where they should be: it is the first field that differs that tells.
  const first = firstDifference(device, body, before);
  return blame("refused", device, iteration, first === undefined ? { field: fieldOf(error, device.codec) } : factsOf(first), message);
}

function firstDifference({ codec, properties }: Device, body: Uint8Array, before: unknown): Difference | undefined {
  const padded = new Uint8Array(body.length + PADDING);
  padded.set(body);
  try {
    return differencesOf(before, codec.load(new ByteReader(padded), codec.versionId, properties))[0];
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    return undefined;
  }
}

function factsOf(difference: Difference | undefined): Pick<Blame, "field" | "before" | "after"> | Record<never, never> {
  return difference === undefined ? {} : { field: difference.path, before: difference.from, after: difference.to };
}

/** The path without the vmsd's own name. */
export function fieldOf({ path }: { readonly path: string }, { name }: { readonly name: string }): string {
  return path.startsWith(`${name}.`) ? path.slice(name.length + 1) : path === name ? "" : path;
}

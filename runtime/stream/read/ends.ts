import { MAGIC, STREAM_VERSION, TYPE } from "../format.ts";
import { MULTIFD_MAGIC } from "../multifd.ts";
import { LONGEST_DESCRIPTION } from "../trailer.ts";
import { type Context, report } from "./context.ts";
import { checkUnfound } from "./description.ts";

/** Reads what every stream begins with; a multifd channel begins otherwise, and none of it is read. */
export function readHeader({ window, sink }: Context): "stream" | "multifd" {
  const at = window.offset;
  const magic = window.be32();
  if (magic === MULTIFD_MAGIC) {
    window.rewind();
    return "multifd";
  }
  if (magic !== MAGIC) window.fail("not-a-stream", at, "This is no migration stream: it does not begin with QEVM.");
  const version = window.be32();
  if (version !== STREAM_VERSION)
    window.fail("not-a-stream", at + 4, `The stream has version ${version}; ${STREAM_VERSION} is the only one in use.`);
  sink.item({ item: "header", at, bytes: 8, version });
  window.commit();
  return "stream";
}

/** Reads the description behind the end, where there is one. */
export function readTrailer(c: Context): void {
  const { window, sink, expected, lost } = c;
  const at = window.offset;
  if (window.peek() !== TYPE.description) return;
  window.path = "description";
  window.u8();
  const length = window.be32();
  if (length > LONGEST_DESCRIPTION)
    window.fail("limit", at + 1, `The description has ${length} bytes, more than the limit of ${LONGEST_DESCRIPTION}.`);
  const text = window.take(length);
  checkUnfound(c, text, window.offset - length);
  sink.item({ item: "description", at, bytes: window.offset - at, text });
  // What could not be read was sent, and its loss is said already.
  const left = lost === 0 && expected !== undefined ? expected.left : [];
  for (const { at, name, instance } of left)
    report(c, "not-sent", at, name, `The section ${JSON.stringify(name)} of instance ${instance} is described, but was not sent.`);
  window.path = "";
  window.commit();
}

/** Reads a piece of what is but bytes. */
export function readRest({ window, sink }: Context): void {
  const at = window.offset;
  const data = window.take(window.left);
  sink.item({ item: "rest", at, bytes: data.length, data });
  window.commit();
}

// Sends what comes from one address to another: `echo FROM TO`. Its own process, which is given its descriptors.
import { openChannel } from "../open-channel.ts";

const [from = "", to = ""] = process.argv.slice(2);
const [source, destination] = await Promise.all([openChannel(from), openChannel(to)]);
const memory = new Uint8Array(1 << 16);
for (;;) {
  const length = await source.read(memory);
  if (length === 0) break;
  await destination.write(memory.subarray(0, length));
}
await destination.end();

// Accepts two connections, one behind the other, and sends back what each says first: `accept-and-echo ADDRESS`.
import { openListener } from "../open-listener.ts";

const listener = await openListener(process.argv[2] ?? "");
for (let i = 0; i < 2; i++) {
  const channel = await listener.accept();
  const memory = new Uint8Array(100);
  await channel.write(memory.subarray(0, await channel.read(memory)));
  await channel.end();
  channel.destroy();
}
await listener.close();

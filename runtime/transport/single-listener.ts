import { type Channel, ChannelError, type Listener } from "./channel.ts";

/** Where there is nothing to wait for: the first who asks gets the channel, and nobody comes after. */
export function singleListener(name: string, open: () => Promise<Channel>): Listener {
  const closed = new ChannelError("closed", name, `${name} is not listened on any more.`);
  const waiting: ((reason: ChannelError) => void)[] = [];
  let [isTaken, isClosed] = [false, false];
  return {
    name,
    accept: async () => {
      if (isClosed) throw closed;
      if (isTaken) return new Promise((_, reject) => waiting.push(reject));
      isTaken = true;
      return open();
    },
    close: async () => {
      isClosed = true;
      for (const reject of waiting.splice(0)) reject(closed);
    },
  };
}

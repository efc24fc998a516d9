import { SYSTEM_CLOCK } from "../../runtime/migration/clock.ts";
import type { Channel } from "../../runtime/transport/channel.ts";

/** Looks at connections that are taken: a source ends its own when it has heard that the guest runs, and not before. */
export function untilLeft(
  accept: () => Promise<Channel>,
  timeout: number,
): { readonly accept: () => Promise<Channel>; readonly left: () => Promise<void> } {
  const open = new Set<Channel>();
  let heard = (): void => {};
  const watched = (channel: Channel): Channel => {
    const { read, destroy } = channel;
    const leave = (): void => {
      open.delete(channel);
      heard();
    };
    open.add(channel);
    return {
      ...bound(channel),
      read: async (into) => {
        try {
          const got = await read.call(channel, into);
          if (got === 0) leave();
          else heard();
          return got;
        } catch (error) {
          leave();
          throw error;
        }
      },
      destroy: () => {
        leave();
        destroy.call(channel);
      },
    };
  };
  return {
    accept: async () => watched(await accept()),
    /** Resolves when every source has left, or none has said a word for too long. */
    left: async () => {
      for (let isSilent = false; open.size > 0 && !isSilent; ) {
        isSilent = await new Promise<boolean>((resolve) => {
          const callOff = SYSTEM_CLOCK.after(timeout, () => resolve(true));
          heard = () => {
            callOff();
            resolve(false);
          };
        });
      }
    },
  };
}

/** A channel's calls, whether they are an object's or a class's. */
function bound(channel: Channel): Channel {
  const { name, read, write, end, destroy } = channel;
  return {
    name,
    read: read.bind(channel),
    write: write.bind(channel),
    end: end.bind(channel),
    destroy: destroy.bind(channel),
  };
}

import type { Channel } from "../../transport/channel.ts";
import type { Clock } from "../clock.ts";

/** A process that can be killed, within the one that tests: from then on nothing of it happens any more, but what is on a disk stays. */
export interface Mortal {
  readonly isDead: boolean;
  readonly clock: Clock;
  readonly channel: (channel: Channel) => Channel;
  /** The others see its connections break. */
  readonly kill: () => void;
}

export function mortal(clock: Clock): Mortal {
  const channels = new Set<Channel>();
  let isDead = false;
  /** Nothing that waits goes on in a dead process. */
  const alive = async <T>(work: Promise<T>): Promise<T> => {
    try {
      const done = await work;
      return isDead ? await NEVER : done;
    } catch (error) {
      if (isDead) return await NEVER;
      throw error;
    }
  };
  return {
    get isDead() {
      return isDead;
    },
    clock: {
      now: clock.now,
      after: (milliseconds, call) =>
        isDead
          ? () => {}
          : clock.after(milliseconds, () => {
              if (!isDead) call();
            }),
    },
    channel: (channel) => {
      channels.add(channel);
      return {
        name: channel.name,
        read: (into) => (isDead ? NEVER : alive(channel.read(into))),
        write: (bytes) => (isDead ? NEVER : alive(channel.write(bytes))),
        end: () => (isDead ? NEVER : alive(channel.end())),
        destroy: () => {
          if (!isDead) channel.destroy();
        },
      };
    },
    kill: () => {
      isDead = true;
      for (const channel of channels) channel.destroy();
    },
  };
}

const NEVER = new Promise<never>(() => {});

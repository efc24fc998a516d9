import type { Channel } from "../transport/channel.ts";
import { type CheckedChannel, checkedChannel } from "../transport/checked-channel.ts";
import { LONGEST_FRAME, readFrame, writeFrame } from "./frames.ts";
import { Incoming } from "./incoming.ts";
import { Outgoing } from "./outgoing.ts";
import type { Frame, Kind } from "./protocol.ts";

/** Most bytes of what belongs together in a stream, which is a device's section. */
const LIMIT = 1 << 26;

/** A channel as both ends of a move use it: frames and the stream, each in its direction. */
export class Connection {
  readonly channel: CheckedChannel;
  readonly incoming: Incoming;
  readonly outgoing: Outgoing;

  constructor(channel: Channel) {
    this.channel = checkedChannel(channel);
    this.incoming = new Incoming(this.channel, LIMIT);
    this.outgoing = new Outgoing(this.channel);
  }

  async say(frame: Frame): Promise<void> {
    writeFrame(this.outgoing.out, frame);
    await this.outgoing.flush();
  }

  hear<K extends Kind>(kinds: readonly K[], longest = LONGEST_FRAME): Promise<Extract<Frame, { readonly kind: K }>> {
    return this.incoming.read((window) => readFrame(window, kinds, longest));
  }
}

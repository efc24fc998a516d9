import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSteppedGuest, type SteppedGuest, type SteppedOptions } from "../../guest/stepped/stepped-guest.ts";
import type { Channel } from "../../transport/channel.ts";
import { sleep } from "../clock.ts";
import { POLICIES, type PolicyName } from "../convergence/policies.ts";
import type { DestinationOptions } from "../destination/context.ts";
import { type Arrival, awaitMove, type Destination } from "../destination/destination.ts";
import type { MoveEvent, Told } from "../events.ts";
import { DEFAULTS, type Parameters } from "../parameters.ts";
import type { SourceOptions } from "../source/context.ts";
import { type Outcome, type Source, startMove } from "../source/source.ts";
import { type LinkOptions, type MemoryLink, memoryLink } from "./memory-link.ts";
import { type Mortal, mortal } from "./mortal.ts";
import { smallDevices, smallMachine } from "./small-machine.ts";
import { VirtualClock } from "./virtual-clock.ts";

export interface SmallMoveOptions {
  readonly clock?: VirtualClock;
  readonly pages?: number;
  readonly footers?: boolean;
  readonly guest?: Partial<SteppedOptions>;
  readonly counts?: readonly number[];
  readonly parameters?: Partial<Parameters>;
  readonly policy?: PolicyName;
  /** Of each connection in turn; the last for all that follow. */
  readonly links?: readonly LinkOptions[];
  readonly source?: Partial<SourceOptions>;
  readonly destination?: Partial<DestinationOptions>;
  /** The processes that the ends are in. */
  readonly ends?: (clock: VirtualClock) => { readonly source: Mortal; readonly destination: Mortal };
  /** The destination's block is that much larger. */
  readonly excess?: number;
}

export interface SmallMove {
  readonly clock: VirtualClock;
  readonly from: SteppedGuest;
  readonly to: SteppedGuest;
  readonly source: Source;
  readonly destination: Destination;
  readonly events: { readonly source: MoveEvent[]; readonly destination: MoveEvent[] };
  readonly links: readonly MemoryLink[];
  readonly folders: { readonly source: string; readonly destination: string };
  readonly ends: { readonly source: Mortal; readonly destination: Mortal };
  readonly both: Promise<readonly [Outcome, Arrival]>;
  /** The same with the records as they are then. */
  readonly ended: Promise<unknown>;
  /** Removes the records. */
  readonly forget: () => void;
}

/** A file system without a disk: thousands of moves would wait for one most of their time. */
const MEMORY = "/dev/shm";

/** Ms that the source's guest takes to stand still. */
const PARKING = 2;

/** Both ends in one process, on a virtual clock. */
export function smallMove(options: SmallMoveOptions = {}): SmallMove {
  const { clock = new VirtualClock(), pages = 64, footers = false, counts = [1, 2, 3], policy = "writer-limit" } = options;
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "vmstate-move-"));
  const folders = { source: join(folder, "source"), destination: join(folder, "destination") };
  const machine = smallMachine(footers);
  const ends = options.ends?.(clock) ?? { source: mortal(clock), destination: mortal(clock) };
  const common = { machine, rate: 1000, initial: "random" as const, ...options.guest };
  const ram = (more: number): SteppedOptions["ram"] => [
    { id: "pc.ram", size: (pages + more) * 4096 },
    { id: "pc.bios", size: 8 * 4096 },
  ];
  const guest = createSteppedGuest({ ...common, clock: ends.source.clock, ram: ram(0), devices: smallDevices(counts) });
  // One with threads works on until the last of them stands.
  const from: SteppedGuest = Object.assign(Object.create(guest) as SteppedGuest, {
    pause: async () => {
      await sleep(ends.source.clock, PARKING);
      await guest.pause();
    },
  });
  const there = { clock: ends.destination.clock, ram: ram(options.excess ?? 0), devices: smallDevices(counts.map(() => 0)) };
  const to = createSteppedGuest({ ...common, ...there, incoming: true });
  const events: SmallMove["events"] = { source: [], destination: [] };
  const note = (into: MoveEvent[]) => (event: Told) => void into.push({ ...event, at: clock.now() } as MoveEvent);
  const plans = options.links ?? [{ latency: 1, bandwidth: 64 * 1024 }];
  const links: MemoryLink[] = [];
  const arriving: Channel[] = [];
  const accepting: ((channel: Channel) => void)[] = [];
  const connect = async (): Promise<Channel> => {
    const link = memoryLink(clock, plans[Math.min(links.length, plans.length - 1)]);
    links.push(link);
    const [near, far] = link.ends;
    const next = accepting.shift();
    if (next === undefined) arriving.push(ends.destination.channel(far));
    else next(ends.destination.channel(far));
    return ends.source.channel(near);
  };
  const accept = async (): Promise<Channel> => arriving.shift() ?? (await new Promise<Channel>((resolve) => accepting.push(resolve)));
  from.resume();
  const parameters = { ...DEFAULTS, timeout: 2000, ...options.parameters };
  const destination = awaitMove({
    guest: to,
    accept,
    clock: ends.destination.clock,
    record: folders.destination,
    boot: "here",
    timeout: parameters.timeout,
    events: note(events.destination),
    ...options.destination,
  });
  const source = startMove({
    guest: from,
    connect,
    clock: ends.source.clock,
    parameters,
    policy: POLICIES[policy]({}),
    move: "0123456789abcdef0123456789abcdef",
    record: folders.source,
    boot: "here",
    events: note(events.source),
    ...options.source,
  });
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  const ended = Promise.all([source.outcome, destination.outcome]);
  return {
    clock,
    from,
    to,
    source,
    destination,
    events,
    links,
    folders,
    ends,
    ended,
    forget,
    get both() {
      return ended.finally(forget);
    },
  };
}

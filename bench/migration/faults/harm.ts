import { type RandomNumber, seededNumbers } from "../../../runtime/migration/proof/link-faults.ts";
import type { Direction } from "./wire-steps.ts";

/** Where in a move something happens; `pause` is the moment in which the guest at the source stands still. */
export const STEPS = ["hello", "setup", "precopy", "pause", "ram-end", "devices", "ready", "grant", "running", "postcopy"] as const;
export type Step = (typeof STEPS)[number];

export const LINE_FAULTS = ["cut", "stall", "hang", "drop", "corrupt", "truncate"] as const;
export const PROCESS_FAULTS = ["kill-source", "kill-destination", "stop-source", "stop-destination"] as const;

/** What one side does not take: a device's value, a device, an amount of memory, a machine type, a connection. */
export const REFUSALS = ["value", "device", "memory", "machine", "connection"] as const;

export type LineFaultName = (typeof LINE_FAULTS)[number];
export type ProcessFaultName = (typeof PROCESS_FAULTS)[number];
export type Refusal = (typeof REFUSALS)[number];
export type FaultName = LineFaultName | ProcessFaultName | "refuse" | "none";

/** One thing that is done to a move. */
export interface Blow {
  readonly step: Step;
  readonly fault: LineFaultName | ProcessFaultName;
  readonly direction: Direction;
  /** Bytes behind the step's first; what is before it is the head of its record. */
  readonly offset: number;
  /** Connections before this one are spared. */
  readonly connection: number;
  /** Ms from there to a signal. */
  readonly delay: number;
  /** Ms of a stall, or for which a process does not run. */
  readonly milliseconds: number;
  readonly bits: number;
  /** Whether a signal follows what an end says of the step, instead of its bytes. */
  readonly byLine: boolean;
}

export interface Harm {
  /** A row and a column of the table. */
  readonly step: Step | "none";
  readonly fault: FaultName;
  readonly blows: readonly Blow[];
  readonly refusal: Refusal | undefined;
  readonly isPostcopy: boolean;
  /** There is no connection behind one that broke. */
  readonly isCutOff: boolean;
  /** The line is whole again before anybody looks at the records. */
  readonly heals: boolean;
  /** Who resolves does not get the record of a side that is dead. */
  readonly losesRecord: boolean;
  readonly isTcp: boolean;
}

/** Ms that either side waits. */
export const TIMEOUT = 800;

/** Every pair of a step and a fault, refusals, and a move that nothing is done to. */
const CELLS: readonly (readonly [Step | "none", FaultName, Refusal?])[] = [
  ...STEPS.flatMap((step) => [...LINE_FAULTS, ...PROCESS_FAULTS].map((fault) => [step, fault] as const)),
  ...REFUSALS.map((refusal) => [refusal === "value" || refusal === "device" ? "devices" : "hello", "refuse", refusal] as const),
  ["none", "none"],
];

/** Bytes of a step in either direction, about; nothing where the step has none in it. */
const BYTES: Readonly<Record<Step, Partial<Record<Direction, number>>>> = {
  hello: { there: 500, back: 60 },
  setup: { there: 100 },
  precopy: { there: 12 << 20, back: 600 },
  pause: { there: 1, back: 1 },
  "ram-end": { there: 1 << 18 },
  devices: { there: 16_000 },
  ready: { back: 2500 },
  grant: { there: 40 },
  running: { back: 250 },
  postcopy: { there: 4 << 20, back: 1000 },
};

/** Bytes of the head of a record. */
const HEAD = 16;

/** Cells in an order in which a few seeds in a row have ones of all kinds, and as many seeds as there are cells have all of them. */
const ORDER = shuffled(CELLS);

export function drawHarm(seed: number, random: RandomNumber): Harm {
  const [step, fault, refusal] = ORDER[seed % ORDER.length] as (typeof CELLS)[number];
  const blows: Blow[] = [];
  if (step !== "none" && fault !== "none" && fault !== "refuse") blows.push(drawBlow(random, step, fault, 0));
  const first = blows[0];
  // Of what the second blow does where the first was not felt there is nothing to say.
  if (first !== undefined && random() < 0.35)
    blows.push(drawBlow(random, pick(random, STEPS), pick(random, [...LINE_FAULTS, ...PROCESS_FAULTS])));
  return {
    step,
    fault,
    blows,
    refusal,
    isPostcopy: step === "postcopy" || (step !== "ram-end" && step !== "none" && random() < 0.15),
    isCutOff: random() < 0.3,
    heals: random() < 0.5,
    losesRecord: random() < 0.5,
    isTcp: random() < 0.5,
  };
}

function drawBlow(random: RandomNumber, step: Step, fault: Blow["fault"], connection = random() < 0.5 ? 0 : 1): Blow {
  const directions = Object.keys(BYTES[step]) as Direction[];
  const direction = pick(random, directions);
  return {
    step,
    fault,
    direction,
    offset: Math.floor(random() * (HEAD + (BYTES[step][direction] ?? 0))) - HEAD,
    connection,
    delay: random() < 0.6 ? 0 : random() * 30,
    milliseconds: fault === "stall" ? random() * 2 * TIMEOUT : TIMEOUT * (1.2 + 1.5 * random()),
    bits: 1 << Math.floor(random() * 8),
    byLine: step === "pause" || random() < 0.3,
  };
}

function shuffled<T>(list: readonly T[]): readonly T[] {
  const random = seededNumbers(1);
  return list
    .map((item) => [random(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}

function pick<T>(random: RandomNumber, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** What is done to the line, by the name of it; nothing where it is done to a process. */
export const isLineFault = (fault: Blow["fault"]): fault is LineFaultName => (LINE_FAULTS as readonly string[]).includes(fault);

import type { Vmsd } from "./vmsd.ts";

/** What a machine type puts around the sections; each is off in the machine types before QEMU 2.3 or 2.4. */
export interface Container {
  /** A configuration section behind the header. */
  readonly configuration?: boolean;
  /** A footer behind each section. */
  readonly footers?: boolean;
  /** A description behind the last section. */
  readonly description?: boolean;
}

declare const machineType: unique symbol;

export interface MachineType {
  readonly name: string;
  /** For the compiler of TypeScript alone: it would take a vmsd for a machine type, as both have a name. */
  readonly [machineType]: true;
}

type Pins = Readonly<Record<string, Readonly<Record<string, number | boolean | string>>>>;

/** What a machine type is with one build of the emulator, where builds differ. */
export interface Profile {
  /** Properties that devices of this build have, by vmsd name. */
  readonly properties?: Pins;
  /** Versions that this build writes where they are not the newest, by the name of the vmsd or subsection. */
  readonly versions?: Readonly<Record<string, number>>;
  /** Names of sections that this build writes in this order, other ones between them. */
  readonly order?: readonly string[];
}

export interface MachineDescription {
  /** The newer machine type that this one is like, but for what is said here. */
  readonly inherits?: MachineType;
  /** Short names of this machine type. */
  readonly aliases?: readonly string[];
  readonly container?: Container;
  /** Properties that this machine type sets, by vmsd name. */
  readonly properties?: Pins;
  /** Builds of the emulator that have this machine type, by name: `"7.2"`. */
  readonly profiles?: Readonly<Record<string, Profile>>;
  /** Devices that the board always has. */
  readonly sections?: readonly Vmsd<unknown>[];
  /** Devices that people put into it. */
  readonly devices?: readonly Vmsd<unknown>[];
}

/** A versioned machine type. What it inherits is merged: properties by name, sections and devices by addition, the container by key, profiles
 * like the rest, of those builds that it names when it names some. */
export function machine(name: string, description: MachineDescription): MachineType {
  return { name, ...description } as MachineType;
}

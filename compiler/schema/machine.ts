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

export interface MachineDescription {
  /** The newer machine type that this one is like, but for what is said here. */
  readonly inherits?: MachineType;
  /** Short names of this machine type. */
  readonly aliases?: readonly string[];
  readonly container?: Container;
  /** Properties that this machine type sets, by vmsd name. */
  readonly properties?: Readonly<Record<string, Readonly<Record<string, number | boolean | string>>>>;
  /** Devices that the board always has. */
  readonly sections?: readonly Vmsd<unknown>[];
  /** Devices that people put into it. */
  readonly devices?: readonly Vmsd<unknown>[];
}

/** A versioned machine type. What it inherits is merged: properties by name, sections and devices by addition, the container by key. */
export function machine(name: string, description: MachineDescription): MachineType {
  return { name, ...description } as MachineType;
}

import type { Codec } from "./codec.ts";

/** What a machine type puts around its sections. */
export interface Container {
  readonly configuration: boolean;
  readonly footers: boolean;
  readonly description: boolean;
}

/** One kind of section that a machine of a type may have. */
export interface Section {
  // biome-ignore lint/suspicious/noExplicitAny: a list holds codecs of every state, and each state goes back to the codec that it came from.
  readonly codec: Codec<any, any>;
  /** True when every machine of the type has it. */
  readonly board: boolean;
  /** Values of the properties that the codec still asks for, unless a device says otherwise. */
  readonly properties: Readonly<Record<string, number | boolean | string>>;
  /** QOM types of the devices that send it. */
  readonly types: readonly string[];
  readonly aliases: readonly string[];
  readonly priority: number;
  readonly early: boolean;
  readonly unmigratable: boolean;
  readonly instanceId?: number;
  /** Of two sections with one name: whether this is the one behind a device's path. */
  readonly behindPath?: boolean;
}

/** A machine type with the codecs of all that it may have, its pinned properties folded into them. */
export interface Machine {
  readonly name: string;
  /** The build of the emulator whose version of it this is; absent for one that no build's differences are in. */
  readonly profile?: string;
  readonly aliases: readonly string[];
  readonly container: Container;
  readonly sections: readonly Section[];
}

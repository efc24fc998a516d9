import { writeMetadata } from "../../describe/write-metadata.ts";
import type { Ir, MachineIr, Scalar } from "../../ir.ts";
import { findProject } from "../../read/find-project.ts";
import { type Pin, Pins, showPlace } from "../../read/index.ts";
import { FRESH_METADATA, KEEPS_PROMISES } from "../metadata/checks.ts";
import { staleMetadata } from "../metadata/freshness.ts";
import { brokenPromises, type Released, releasedOf } from "../metadata/released.ts";
import { streamEffect } from "./stream-effect.ts";

/** A property that a machine type has set, and which tests fail when that is taken away in a copy of the descriptors. */
export interface Unpinned {
  readonly machine: string;
  /** The build that it is set for; absent where it is set for all. */
  readonly profile?: string;
  /** `fw_cfg.dma_enabled`. */
  readonly property: string;
  readonly value: Scalar;
  /** Where it is set, which may be in a machine type that this one inherits from. */
  readonly at: string;
  /** Tests that fail and name both the machine type and the property. */
  readonly tests: readonly string[];
  /** What becomes of the bytes of states drawn by chance. */
  readonly stream: string;
}

/**
 * Takes away one set property after the other, each in a copy of a project's descriptors that is never written, and runs the tests of
 * every machine type that has it. The generated files and the last release are what the descriptors as they are give.
 */
export function unpinEach({ root, names }: { readonly root?: string; readonly names?: readonly string[] } = {}): readonly Unpinned[] {
  const project = findProject({ folder: root, paths: [] });
  const pins = new Pins(project.root, project.descriptors);
  const ir = pins.read();
  const machines = Object.values(ir.machines).filter(
    (one) => names === undefined || [one.name, ...one.aliases].some((name) => names.includes(name)),
  );
  const released = new Map(machines.map(({ name }) => [name, releasedOf(JSON.stringify(writeMetadata(ir, { machine: name })))]));
  return pins.all.flatMap((pin) => {
    const having = machines
      .filter(({ profiles }) => pin.profile === undefined || Object.hasOwn(profiles, pin.profile))
      .filter((machine) => setterOf(ir, machine, pin, pins.all) === pin);
    if (having.length === 0) return [];
    const without = pins.readWithout(pin);
    return having.map((machine) => unpinned(ir, without, machine, pin, released.get(machine.name) as Released));
  });
}

/** Of a property, the place that counts for a machine type: its own, or that of the nearest one that it inherits from. */
function setterOf(ir: Ir, machine: MachineIr, pin: Pin, all: readonly Pin[]): Pin | undefined {
  for (let at: MachineIr | undefined = machine; at !== undefined; at = inheritedBy(ir, at)) {
    const id = at.id;
    const own = all.find(
      (each) => each.machine === id && each.profile === pin.profile && each.vmsd === pin.vmsd && each.property === pin.property,
    );
    if (own !== undefined) return own;
  }
  return undefined;
}

function inheritedBy(ir: Ir, { inherits }: MachineIr): MachineIr | undefined {
  return Object.values(ir.machines).find(({ name }) => name === inherits);
}

function unpinned(ir: Ir, without: Ir, { id, name }: MachineIr, pin: Pin, released: Released): Unpinned {
  const written = writeMetadata(without, { machine: name });
  const property = `${pin.vmsd}.${pin.property}`;
  const failures = {
    [FRESH_METADATA]: staleMetadata(released.file, written, name),
    [KEEPS_PROMISES]: brokenPromises(released, written, name),
  };
  const names = (message: string): boolean => message.includes(name) && message.includes(` ${property} `);
  return {
    machine: name,
    ...(pin.profile === undefined ? {} : { profile: pin.profile }),
    property,
    value: pin.value,
    at: showPlace(pin.at),
    tests: Object.entries(failures).flatMap(([test, messages]) => (messages.some(names) ? [test] : [])),
    stream: streamEffect(ir, without, id, pin),
  };
}

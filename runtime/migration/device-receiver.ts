import { ByteReader, LoadError } from "../codec/v1.ts";
import type { Device } from "../guest/guest.ts";
import type { SectionItem } from "../stream/item.ts";
import { type SectionBytes, type SectionCodec, SectionRefusal } from "../stream/section-codec.ts";

/**
 * Loads devices' sections, whose ends nothing but the codecs knows. No device is touched before all have been loaded: a machine is never left
 * with some of them.
 */
export class DeviceReceiver implements SectionCodec {
  readonly onlyUndescribed = false;
  readonly #devices: ReadonlyMap<string, Device>;
  readonly #loaded = new Map<Device, unknown>();

  constructor(devices: readonly Device[]) {
    this.#devices = new Map(devices.map((device) => [keyOf(device), device]));
  }

  /** Throws SectionRefusal. */
  layoutOf(section: SectionBytes): ReturnType<SectionCodec["layoutOf"]> {
    const device = this.#find(section);
    const reader = new ByteReader(section.bytes);
    load(device, reader, section.version);
    return { vmsd: device.codec.name, version: section.version, fields: [], subsections: [], size: reader.at };
  }

  machine(): undefined {
    return undefined;
  }

  /** Keeps a section's state, and no hold of its bytes. */
  section(item: SectionItem, body: Uint8Array): void {
    const device = this.#find(item);
    this.#loaded.set(device, load(device, new ByteReader(body.slice()), item.version));
  }

  /** Puts every device into the state that came. Throws SectionRefusal for one whose section did not come. */
  commit(): void {
    for (const device of this.#devices.values())
      if (!this.#loaded.has(device))
        throw new SectionRefusal(
          0,
          device.name,
          false,
          `The stream has no section '${device.name}' of instance ${device.instance}, which the machine here has.`,
        );
    for (const [device, state] of this.#loaded) device.state = state;
  }

  #find(section: { readonly name: string; readonly instance: number }): Device {
    const device = this.#devices.get(keyOf(section));
    if (device === undefined)
      throw new SectionRefusal(
        0,
        section.name,
        false,
        `The machine here has no section '${section.name}' of instance ${section.instance}.`,
      );
    return device;
  }
}

function keyOf({ name, instance }: { readonly name: string; readonly instance: number }): string {
  return `${instance} ${name}`;
}

function load({ codec, properties, name, instance }: Device, reader: ByteReader, version: number): unknown {
  try {
    return codec.load(reader, version, properties);
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    const which = instance === 0 ? `'${name}'` : `'${name}' of instance ${instance}`;
    throw new SectionRefusal(
      error.offset,
      error.path,
      error.code === "truncated",
      `The section ${which} cannot be loaded: ${error.message}`,
    );
  }
}

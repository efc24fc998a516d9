import { ByteWriter, SaveError } from "../codec/v1.ts";
import type { Device } from "../guest/guest.ts";

/** Devices' bodies one behind another, in memory that is used again with each save. */
export class SavedDevices {
  readonly #writer = new ByteWriter();
  /** Where each body ends. */
  readonly #ends: number[] = [];

  /** A device whose state cannot be saved has no bytes here. */
  save(devices: readonly Device[], unsaved: (index: number, error: SaveError) => void): void {
    const writer = this.#writer;
    writer.at = 0;
    for (let i = 0; i < devices.length; i++) {
      const { codec, state, properties } = devices[i] as Device;
      const start = writer.at;
      try {
        codec.save(state, writer, properties);
      } catch (error) {
        if (!(error instanceof SaveError)) throw error;
        writer.at = start;
        writer.path.clear();
        unsaved(i, error);
      }
      this.#ends[i] = writer.at;
    }
  }

  startOf(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] as number);
  }

  endOf(index: number): number {
    return this.#ends[index] as number;
  }

  /** All bodies, as a view that the next save does not keep. */
  bytes(): Uint8Array {
    return this.#writer.written();
  }

  bodyOf(index: number): Uint8Array {
    return this.bytes().subarray(this.startOf(index), this.endOf(index));
  }
}

import type { Case } from "../case.ts";
import type { Measured } from "../codec.ts";
import type { E1000State } from "../state.ts";

const ROOM = 1024;

/** A codec of our own form as a case: it appends to one long buffer, and reads from one. */
export function codecCase<W extends { at: number }, R extends { at: number }>(
  name: string,
  { codec, writerOver, readerOver }: Measured<E1000State, W, R>,
): Case {
  return {
    name,
    setup(states) {
      const stream = new Uint8Array(states.length * ROOM);
      const ends = states.map((state, index) => {
        const writer = writerOver(stream.subarray(index * ROOM, (index + 1) * ROOM));
        codec.save(state, writer);
        return index * ROOM + writer.at;
      });
      const out = new Uint8Array(states.length * ROOM);
      const [writer, reader] = [writerOver(out), readerOver(stream)];
      const load = (index: number): E1000State => {
        reader.at = index * ROOM;
        return codec.load(reader);
      };
      const saved = states.map((_, index) => load(index));
      const device = load(0);
      return {
        encode(index) {
          writer.at = index * ROOM;
          codec.save(saved[index] as E1000State, writer);
          return writer.at - index * ROOM;
        },
        written: () => out.subarray(lastStart(writer.at)),
        decode: load,
        decodeInto(index) {
          reader.at = index * ROOM;
          codec.loadInto(device, reader);
          return device;
        },
        wire: (index) => stream.subarray(index * ROOM, ends[index]),
        asState: (decoded) => decoded as E1000State,
      };
    },
  };
}

function lastStart(at: number): number {
  return Math.floor((at - 1) / ROOM) * ROOM;
}

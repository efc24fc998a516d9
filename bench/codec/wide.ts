// States of many fields in a process of their own: `node dist/codec-wide.cjs CODEC FIELDS`. Prints what it measured as JSON.
import { timeWorks } from "./clock.ts";
import { WIDE } from "./wide-codecs.ts";

/** As many fields in the pool whatever the state's size, so that it is the code that is compared and not the processor's caches. */
const FIELDS_IN_POOL = 4096;

const [name = "", count = ""] = process.argv.slice(2);
const fields = Number(count);
const measured = WIDE[name]?.(fields);
if (measured === undefined) throw new Error(`There is no codec '${name}' of ${count} fields.`);
const { codec, readerOver, writerOver } = measured;
const pool = Math.round(FIELDS_IN_POOL / fields);
const size = fields * 4;
const wire = bytesOf(pool, fields);
const reader = readerOver(wire);
const writer = writerOver(new Uint8Array(wire.length));
const load = (index: number): Record<string, number> => {
  reader.at = index * size;
  return codec.load(reader);
};
// The first states that a process makes have shapes that later ones leave behind.
for (let index = 0; index < 3000; index++) load(index % pool);
const states = Array.from({ length: pool }, (_, index) => load(index));
const [device = load(0)] = states;
const works = {
  encode(index: number): number {
    writer.at = index * size;
    codec.save(states[index] as Record<string, number>, writer);
    return writer.at;
  },
  decode: load,
  decodeInto(index: number): unknown {
    reader.at = index * size;
    codec.loadInto(device, reader);
    return device;
  },
};
for (let index = 0; index < pool; index++) verify(index);
console.log(JSON.stringify({ size, works: timeWorks(works, pool) }));

function verify(index: number): void {
  works.encode(index);
  works.decodeInto(index);
  const [from, to] = [index * size, (index + 1) * size];
  const view = new DataView(wire.buffer);
  const lost = Array.from({ length: fields }, (_, field) => field).find(
    (field) => states[index]?.[`f${field}`] !== view.getUint32(from + field * 4) || device[`f${field}`] !== states[index]?.[`f${field}`],
  );
  if (lost !== undefined) throw new Error(`Field f${lost} of state ${index} is not lossless.`);
  if (Buffer.compare(writer.bytes.subarray(from, to), wire.subarray(from, to)) !== 0)
    throw new Error(`State ${index} is written otherwise.`);
  works.decodeInto(0);
}

/** A quarter of the fields uses all 32 bits, as in the state like an e1000's. */
function bytesOf(states: number, fields: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(states * fields * 4));
  let seed = 12345;
  for (let at = 0; at < states * fields; at++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    view.setUint32(at * 4, (at % fields) % 4 === 3 ? seed : seed >>> 12);
  }
  return new Uint8Array(view.buffer);
}

// An assembler of the smallest kind: bytes are written as such, and only places have names. It spares the one who builds the tests an
// assembler to install; what the bytes mean stands beside them.

/** A byte, a place, or a reference to a place: `rel8` counts from behind itself, `rel16` too, `abs16` is the address. */
export type Code = number | { readonly at: string } | { readonly rel8: string } | { readonly rel16: string } | { readonly abs16: string };

/** Both bytes of a 16-bit number, the lower first. */
export function word(value: number): readonly number[] {
  return [value & 0xff, (value >> 8) & 0xff];
}

/** The bytes of code that begins at address `origin`. A place without a name or out of reach is a mistake of ours. */
export function assemble(origin: number, code: readonly Code[]): Uint8Array {
  const places = new Map<string, number>();
  let end = origin;
  for (const item of code) {
    if (typeof item === "object" && "at" in item) places.set(item.at, end);
    end += sizeOf(item);
  }
  const bytes: number[] = [];
  for (const item of code) bytes.push(...bytesOf(item, origin + bytes.length, places));
  return Uint8Array.from(bytes);
}

function sizeOf(item: Code): number {
  if (typeof item === "number" || "rel8" in item) return 1;
  return "at" in item ? 0 : 2;
}

function bytesOf(item: Code, address: number, places: ReadonlyMap<string, number>): readonly number[] {
  if (typeof item === "number") return [item];
  if ("at" in item) return [];
  if ("abs16" in item) return word(placeOrThrow(item.abs16, places));
  if ("rel16" in item) return word(placeOrThrow(item.rel16, places) - (address + 2));
  const distance = placeOrThrow(item.rel8, places) - (address + 1);
  if (distance < -128 || distance > 127) throw new RangeError(`'${item.rel8}' is ${distance} bytes away.`);
  return [distance & 0xff];
}

function placeOrThrow(name: string, places: ReadonlyMap<string, number>): number {
  const place = places.get(name);
  if (place === undefined) throw new ReferenceError(`There is no place '${name}'.`);
  return place;
}

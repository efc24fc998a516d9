/** Apart from the codecs, so that what hardly ever happens takes none of their room. */
export function noRoom(at: number, needs: number, end: number): never {
  throw new RangeError(`No room for ${needs} bytes at ${at}: the buffer ends at ${end}.`);
}

export function tooShort(at: number, needs: number, end: number): never {
  throw new RangeError(`The input ends at ${end}; ${needs} bytes are needed at ${at}.`);
}

export function wrongLength(field: string, length: number, expected: number): never {
  throw new RangeError(`Field '${field}' has ${length} elements; the wire has ${expected}.`);
}

export function unknownSubsection(at: number): never {
  throw new RangeError(`The subsection at ${at} is not one of 'e1000-like'.`);
}

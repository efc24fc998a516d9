/**
 * Bytes as a test writes them down: hex digits, with text in quotes, `n:` in front of a text for its counted length, and `*n` behind a byte for
 * many of it: "04 00000001 n:'timer' 00*8".
 */
export function bytesOf(text: string): Uint8Array {
  const parts = text.match(/n:'[^']*'|'[^']*'|[0-9a-f]{2}\*\d+|(?:[0-9a-f]{2})+/g) ?? [];
  return Buffer.concat(parts.map(part));
}

function part(text: string): Buffer {
  if (text.startsWith("n:")) return Buffer.concat([Buffer.from([text.length - 4]), Buffer.from(text.slice(3, -1), "latin1")]);
  if (text.startsWith("'")) return Buffer.from(text.slice(1, -1), "latin1");
  const [digits = "", times] = text.split("*");
  return times === undefined ? Buffer.from(digits, "hex") : Buffer.alloc(Number(times), Number.parseInt(digits, 16));
}

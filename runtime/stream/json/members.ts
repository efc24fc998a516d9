import { JsonError } from "../../codec/errors.ts";

/** An object of a document from outside, of which nothing is trusted; what is asked of it is there, or a JsonError says where it is not. */
export class Members {
  readonly #json: { readonly [key: string]: unknown };
  /** The item's place in messages. */
  readonly path: string;

  constructor(json: unknown, path: string) {
    if (typeof json !== "object" || json === null || Array.isArray(json))
      throw new JsonError("type", path, `${path}: an object is expected.`);
    this.#json = json as { readonly [key: string]: unknown };
    this.path = path;
  }

  get(key: string): unknown {
    return this.#json[key];
  }

  get all(): { readonly [key: string]: unknown } {
    return this.#json;
  }

  number(key: string, most: number, otherwise?: number): number {
    const value = this.#json[key] ?? otherwise;
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > most)
      throw this.wrong("range", key, `is a number from 0 to ${most}`);
    return value;
  }

  be32(key: string): number {
    return this.number(key, 2 ** 32 - 1);
  }

  size(key: string, otherwise?: number): number {
    return this.number(key, Number.MAX_SAFE_INTEGER, otherwise);
  }

  /** A word of the ram section without its flags: 64 bits of which the low ones are zero, so that a number has it exactly. */
  word(key: string, otherwise?: number): number {
    return this.number(key, 2 ** 64 - 2 ** 12, otherwise);
  }

  /** A character a byte. */
  text(key: string, most: number): string {
    const value = this.#json[key];
    if (typeof value !== "string" || value.length > most || /[^\0-\xff]/.test(value))
      throw this.wrong("form", key, `is a text of at most ${most} characters below U+0100`);
    return value;
  }

  name(key: string): string {
    return this.text(key, 255);
  }

  bits64(key: string): bigint {
    const value = this.#json[key];
    if (typeof value !== "string" || !/^0x[0-9a-f]{1,16}$/.test(value)) throw this.wrong("form", key, "is 64 bits as hex digits behind 0x");
    return BigInt(value);
  }

  listOfBits64(key: string, most: number): readonly bigint[] {
    const value = this.#json[key];
    if (!Array.isArray(value) || value.length > most) throw this.wrong("type", key, `is a list of at most ${most}`);
    const each = new Members({ ...value }, `${this.path}.${key}`);
    return value.map((_, at) => each.bits64(`${at}`));
  }

  uuid(key: string): Uint8Array {
    const value = this.text(key, 32);
    if (!/^[0-9a-f]{32}$/.test(value)) throw this.wrong("form", key, "is 32 hex digits");
    return Buffer.from(value, "hex");
  }

  base64(key: string): Uint8Array {
    const value = this.#json[key];
    if (typeof value !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw this.wrong("form", key, "is bytes in base64");
    return Buffer.from(value, "base64");
  }

  member(key: string): Members {
    return new Members(this.#json[key], `${this.path}.${key}`);
  }

  list(key: string): readonly Members[] {
    const value = this.#json[key] ?? [];
    if (!Array.isArray(value)) throw this.wrong("type", key, "is a list");
    return value.map((each, at) => new Members(each, `${this.path}.${key}[${at}]`));
  }

  wrong(code: JsonError["code"], key: string, what: string): JsonError {
    const path = `${this.path}.${key}`;
    return new JsonError(this.#json[key] === undefined ? "missing" : code, path, `'${path}' ${what}.`);
  }
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}

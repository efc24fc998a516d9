import type { Json, Members } from "./json.ts";

/** Lists whose elements are described within one object, one behind the other, under the same keys. */
const REPEATS_KEYS = /"(?:qtailq|qlist|gtree)"/;
/** Real descriptions have some hundred KiB; of a longer one nothing is known but that it may take a hundred times its length parsed. */
const LONGEST = 1 << 22;

/**
 * A description by the engine's own parser, many times faster, where no key that is repeated would be lost; undefined otherwise, and for what
 * is no JSON. It does not know the offset of what it parses: `at` stands for all.
 */
export function parsePlain(text: string, at: number): Json | undefined {
  if (text.length > LONGEST || REPEATS_KEYS.test(text)) return undefined;
  return plain(JSON.parse(text), at);
}

function plain(value: unknown, at: number): Json {
  if (typeof value !== "object" || value === null) return value as Json;
  if (Array.isArray(value)) return value.map((each) => plain(each, at));
  return new PlainMembers(value as Readonly<Record<string, unknown>>, at);
}

class PlainMembers implements Members {
  readonly at: number;
  readonly #object: Readonly<Record<string, unknown>>;

  constructor(object: Readonly<Record<string, unknown>>, at: number) {
    this.#object = object;
    this.at = at;
  }

  get(key: string): Json | undefined {
    return Object.hasOwn(this.#object, key) ? plain(this.#object[key], this.at) : undefined;
  }

  get list(): Members["list"] {
    return Object.entries(this.#object).map(([key, value]) => [key, plain(value, this.at)]);
  }
}

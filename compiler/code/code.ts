/** Source text. Only this passes unquoted into other source text; a plain string is always quoted there. */
export class Code {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type Part = Code | string | number | bigint | boolean | readonly Code[];

/** A template in which strings become literals, so that a name out of a descriptor cannot become code. Lists are joined by lines. */
export function code(texts: TemplateStringsArray, ...parts: readonly Part[]): Code {
  return new Code(texts.reduce((text, next, at) => text + show(parts[at - 1] ?? "") + next));
}

/** Text that the emitter itself has made: identifiers that have been checked, operators, printed expressions. */
export function raw(text: string): Code {
  return new Code(text);
}

/** `head { body }`, the body a line a statement. */
export function block(head: Code, body: readonly Code[], tail = "}"): Code {
  if (body.length === 0) return raw(`${head.text} {${tail}`);
  return raw(`${head.text} {\n${indent(body).text}\n${tail}`);
}

/** False, in a form after which a type check does not take the rest for unreachable. */
export const NEVER = raw("Boolean(0)");

export function indent(lines: readonly Code[]): Code {
  return raw(
    lines
      .map(({ text }) => text)
      .join("\n")
      .replace(/^(?=.)/gm, "  "),
  );
}

export function lines(parts: readonly Code[]): Code {
  return raw(parts.map(({ text }) => text).join("\n"));
}

export function list(parts: readonly Code[]): Code {
  return raw(parts.map(({ text }) => text).join(", "));
}

const LINE = 120;

/** A list between brackets, in as many lines as it takes. */
export function brackets(parts: readonly Code[]): Code {
  const whole = `[${list(parts).text}]`;
  if (whole.length <= LINE) return raw(whole);
  const filled: string[] = [];
  for (const { text } of parts) {
    const last = filled.at(-1);
    if (last !== undefined && last.length + text.length < LINE) filled[filled.length - 1] = `${last} ${text},`;
    else filled.push(`${text},`);
  }
  return lines([raw("["), indent(filled.map(raw)), raw("]")]);
}

/** `object.key` or `object["key"]`. */
export function dot(object: Code, key: string): Code {
  return isIdentifier(key) ? raw(`${object.text}.${key}`) : raw(`${object.text}[${JSON.stringify(key)}]`);
}

/** The same of an object that may be undefined. */
export function optionalDot(object: Code, key: string): Code {
  return isIdentifier(key) ? raw(`${object.text}?.${key}`) : raw(`${object.text}?.[${JSON.stringify(key)}]`);
}

/** A key as it stands in an object literal or an interface. */
export function propertyName(key: string): Code {
  return raw(isIdentifier(key) ? key : JSON.stringify(key));
}

export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text);
}

/** A value as a literal. */
export function literalOf(value: unknown): Code {
  if (value instanceof Uint8Array) return bytesOf(value);
  if (Array.isArray(value))
    return value.length > 0 && value.every((each) => isEmptyish(each) && each === value[0])
      ? filled(value)
      : code`[${list(value.map(literalOf))}]`;
  if (typeof value === "object" && value !== null)
    return code`{ ${list(Object.entries(value).map(([key, inner]) => code`${propertyName(key)}: ${literalOf(inner)}`))} }`;
  if (typeof value === "bigint") return raw(`${value}n`);
  return raw(value === undefined ? "undefined" : JSON.stringify(value));
}

const LONG = 16;

function isEmptyish(value: unknown): boolean {
  return value === 0 || value === 0n || value === false;
}

function filled(value: readonly unknown[]): Code {
  if (value.length <= LONG) return code`[${list(value.map(literalOf))}]`;
  return raw(`new Array<${typeof value[0]}>(${value.length}).fill(${literalOf(value[0]).text})`);
}

function bytesOf(bytes: Uint8Array): Code {
  return bytes.every((byte) => byte === 0)
    ? code`new Uint8Array(${bytes.length})`
    : code`Uint8Array.of(${list([...bytes].map((byte) => raw(String(byte))))})`;
}

function show(part: Part): string {
  if (part instanceof Code) return part.text;
  if (typeof part === "string") return JSON.stringify(part);
  if (typeof part === "object") return part.map(({ text }) => text).join("\n");
  return typeof part === "bigint" ? `${part}n` : String(part);
}

import { type Context, report } from "./context.ts";

/** The head of a section that is begun or comes whole. */
export interface Head {
  readonly at: number;
  readonly id: number;
  readonly name: string;
  readonly instance: number;
  readonly version: number;
}

/** Sections that a stream may have; each costs memory. */
const MOST = 1 << 16;

/** Reads it, type byte included. */
export function readHead(c: Context): Head {
  const { window } = c;
  const at = window.offset;
  window.u8();
  const head = { at, id: window.be32(), name: window.name(), instance: window.be32(), version: window.be32() };
  if (c.count >= MOST) window.fail("limit", at, `The stream has more than ${MOST} sections.`);
  return head;
}

/** Remembers a section; its item must have been read to its end, as it is read again when bytes are wanting. */
export function know(c: Context, { at, id, name, instance }: Head): void {
  const other = c.sections.get(id);
  if (other !== undefined) report(c, "duplicate-section", at + 1, name, `The section id ${id} is ${other.name}'s already.`);
  c.sections.set(id, { id, name, instance });
  c.count++;
}

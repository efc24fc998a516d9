import { type FieldLayout, type SectionLayout, subsectionHead } from "../description/layout.ts";
import type { Body } from "../description/read-state.ts";
import { wrongHead } from "../description/subsection-head.ts";
import type { StreamCode } from "../errors.ts";
import type { Finding, Findings } from "./findings.ts";
import { type Check, planOf } from "./plan.ts";
import type { ValueRule } from "./value-rules.ts";

/**
 * Holds a section's bytes against its layout. Unlike the decoder it goes on behind what is wrong: the layout says where the next thing lies.
 */
export function checkState({ name, vmsd }: SectionLayout, body: Body, findings: Findings): void {
  if (vmsd !== undefined) new StateCheck(name, body, findings).run(planOf(vmsd), 0, "");
}

class StateCheck {
  readonly #section: string;
  readonly #bytes: Uint8Array;
  readonly #base: number;
  readonly #findings: Findings;

  constructor(section: string, { bytes, at }: Body, findings: Findings) {
    this.#section = section;
    this.#bytes = bytes;
    this.#base = at;
    this.#findings = findings;
  }

  /** `prefix` is the path of what holds the plan's fields. */
  run(plan: readonly Check[], base: number, prefix: string): void {
    for (const check of plan) {
      const at = base + check.at;
      if ("rule" in check) this.#values(check.values, check.rule, at, prefix);
      else if ("mark" in check) this.#mark(check.mark, at, pathOf(check.list, prefix));
      else if ("element" in check) this.run(check.plan, at, `${pathOf(check.element, prefix)}[${check.nth}].`);
      else if ("structs" in check) this.#structs(check.structs, check.plan, at, pathOf(check.structs, prefix));
      else {
        const { subsection } = check;
        const wrong = wrongHead(subsection, this.#bytes, at);
        if (wrong !== undefined) this.#add("error", "differs-from-description", wrong.at, subsection.vmsd, wrong.message);
        this.run(check.plan, at + subsectionHead(subsection.vmsd), `${subsection.vmsd}.`);
      }
    }
  }

  #values(field: FieldLayout, { level, holds, message }: ValueRule, start: number, prefix: string): void {
    const { size, count, isArray } = field;
    for (let nth = 0; nth < count; nth++)
      for (let at = start + nth * size; at < start + (nth + 1) * size; at++) {
        const byte = this.#bytes[at] as number;
        if (holds(byte)) continue;
        this.#add(level, "bad-value", at, `${pathOf(field, prefix)}${isArray ? `[${nth}]` : ""}`, message(byte));
        break;
      }
  }

  #mark(mark: 0 | 1, at: number, path: string): void {
    const what = mark === 1 ? "an element of the list begins" : "the list ends";
    if (this.#bytes[at] !== mark)
      this.#add("error", "differs-from-description", at, path, `By the stream's description ${what} here; the bytes say otherwise.`);
  }

  #structs({ count, size, isArray }: FieldLayout, plan: readonly Check[], at: number, path: string): void {
    for (let nth = 0; nth < count; nth++) this.run(plan, at + nth * size, `${path}${isArray ? `[${nth}]` : ""}.`);
  }

  #add(level: Finding["level"], code: StreamCode, at: number, path: string, message: string): void {
    this.#findings[level](code, this.#base + at, `${this.#section}/${path}`, message);
  }
}

function pathOf({ name, index }: FieldLayout, prefix: string): string {
  return `${prefix}${name}${index === undefined ? "" : `[${index}]`}`;
}

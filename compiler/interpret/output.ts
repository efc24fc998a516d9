import type { Value } from "../expr/expr.ts";
import type { Program } from "../kinds/kind.ts";
import { Refusal, type Site, type State } from "./input.ts";

/** Bytes that are written one after the other. */
export class Output {
  readonly program: Program;
  readonly bytes: number[] = [];
  site: Site = { vmsd: "", field: "" };
  /** Writes a nested vmsd. */
  readonly nested: (id: string, versionId: number, properties: State, value: Value) => void;

  constructor(program: Program, nested: Output["nested"]) {
    this.program = program;
    this.nested = nested;
  }

  put(...bytes: readonly number[]): void {
    for (const byte of bytes) this.bytes.push(byte);
  }

  /** As many as there are: more than arguments of a call may be. */
  putBytes(bytes: Iterable<number>): void {
    for (const byte of bytes) this.bytes.push(byte);
  }

  /** A whole number in `size` bytes, the high one first; negative ones in two's complement. */
  putInteger(value: bigint, size: number): void {
    for (let shift = BigInt(size - 1) * 8n; shift >= 0n; shift -= 8n) this.bytes.push(Number((value >> shift) & 0xffn));
  }

  refuse(code: string): Refusal {
    return new Refusal(code, this.site.vmsd, [this.site.field]);
  }
}

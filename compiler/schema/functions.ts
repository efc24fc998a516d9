/**
 * Where a capability lies in a PCI function's configuration space, which begins `config`; 0 when it has none of that id. For expressions
 * alone, where the compiler puts it.
 */
export function capabilityAt(_config: Uint8Array, _id: number): number {
  throw new Error("'capabilityAt' stands in expressions of a descriptor, which the compiler reads.");
}

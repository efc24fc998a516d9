const STATUS = 6;
const HAS_LIST = 0x10;
const FIRST = 0x34;
/** As many as fit between the header and the end of the 256 bytes: a list that goes on longer runs in a circle. */
const MOST = 48;

/** Where a capability lies in a PCI function's configuration space; 0 when it has none of that id. FORMAT.md, PCI capabilities. */
export function capabilityAt(config: Uint8Array, id: number): number {
  if (((config[STATUS] as number) & HAS_LIST) === 0) return 0;
  let at = (config[FIRST] as number) & ~3;
  for (let n = 0; at !== 0 && n < MOST; n++) {
    if (config[at] === id) return at;
    at = (config[at + 1] as number) & ~3;
  }
  return 0;
}

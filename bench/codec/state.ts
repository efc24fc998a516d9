export interface RingEntry {
  addr: bigint;
  length: number;
  flags: number;
}

/** The state that codecs are measured on; like an e1000's. On the wire it is big-endian, field after field, in this order. */
export interface E1000State {
  mac_00: number;
  mac_01: number;
  mac_02: number;
  mac_03: number;
  mac_04: number;
  mac_05: number;
  mac_06: number;
  mac_07: number;
  mac_08: number;
  mac_09: number;
  mac_10: number;
  mac_11: number;
  mac_12: number;
  mac_13: number;
  mac_14: number;
  mac_15: number;
  mac_16: number;
  mac_17: number;
  mac_18: number;
  mac_19: number;
  mac_20: number;
  mac_21: number;
  mac_22: number;
  mac_23: number;
  mac_24: number;
  mac_25: number;
  mac_26: number;
  mac_27: number;
  mac_28: number;
  mac_29: number;
  mac_30: number;
  mac_31: number;
  mac_32: number;
  mac_33: number;
  mac_34: number;
  mac_35: number;
  mac_36: number;
  mac_37: number;
  mac_38: number;
  mac_39: number;
  mac_40: number;
  mac_41: number;
  mac_42: number;
  mac_43: number;
  mac_44: number;
  mac_45: number;
  mac_46: number;
  mac_47: number;
  mac_48: number;
  mac_49: number;
  mac_50: number;
  mac_51: number;
  mac_52: number;
  mac_53: number;
  mac_54: number;
  mac_55: number;
  mac_56: number;
  mac_57: number;
  mac_58: number;
  mac_59: number;
  phy_0: number;
  phy_1: number;
  phy_2: number;
  phy_3: number;
  phy_4: number;
  phy_5: number;
  phy_6: number;
  phy_7: number;
  rx_shift: number;
  tx_state: number;
  autoneg: boolean;
  link_up: boolean;
  /** u16[64] */
  eeprom: number[];
  /** u8[256]; after a load a view of the input */
  config: Uint8Array;
  /** 16 entries */
  ring: RingEntry[];
  // Subsection "e1000-like/tx_tso" version 1, all u32; sent while tso_flags is not 0, and 0 when it was not sent.
  tso_flags: number;
  tso_header: number;
  tso_start: number;
  tso_end: number;
  tso_mss: number;
  tso_length: number;
}

/** The only place where states are made, so that all of them have one shape. */
export function makeState(next: NextNumber): E1000State {
  const sent = next.below(10) < 7;
  return {
    mac_00: next.u20(),
    mac_01: next.u20(),
    mac_02: next.u20(),
    mac_03: next.u32(),
    mac_04: next.u20(),
    mac_05: next.u20(),
    mac_06: next.u20(),
    mac_07: next.u32(),
    mac_08: next.u20(),
    mac_09: next.u20(),
    mac_10: next.u20(),
    mac_11: next.u32(),
    mac_12: next.u20(),
    mac_13: next.u20(),
    mac_14: next.u20(),
    mac_15: next.u32(),
    mac_16: next.u20(),
    mac_17: next.u20(),
    mac_18: next.u20(),
    mac_19: next.u32(),
    mac_20: next.u20(),
    mac_21: next.u20(),
    mac_22: next.u20(),
    mac_23: next.u32(),
    mac_24: next.u20(),
    mac_25: next.u20(),
    mac_26: next.u20(),
    mac_27: next.u32(),
    mac_28: next.u20(),
    mac_29: next.u20(),
    mac_30: next.u20(),
    mac_31: next.u32(),
    mac_32: next.u20(),
    mac_33: next.u20(),
    mac_34: next.u20(),
    mac_35: next.u32(),
    mac_36: next.u20(),
    mac_37: next.u20(),
    mac_38: next.u20(),
    mac_39: next.u32(),
    mac_40: next.u20(),
    mac_41: next.u20(),
    mac_42: next.u20(),
    mac_43: next.u32(),
    mac_44: next.u20(),
    mac_45: next.u20(),
    mac_46: next.u20(),
    mac_47: next.u32(),
    mac_48: next.u20(),
    mac_49: next.u20(),
    mac_50: next.u20(),
    mac_51: next.u32(),
    mac_52: next.u20(),
    mac_53: next.u20(),
    mac_54: next.u20(),
    mac_55: next.u32(),
    mac_56: next.u20(),
    mac_57: next.u20(),
    mac_58: next.u20(),
    mac_59: next.u32(),
    phy_0: next.u16(),
    phy_1: next.u16(),
    phy_2: next.u16(),
    phy_3: next.u16(),
    phy_4: next.u16(),
    phy_5: next.u16(),
    phy_6: next.u16(),
    phy_7: next.u16(),
    rx_shift: next.below(256),
    tx_state: next.below(256),
    autoneg: next.below(2) === 1,
    link_up: next.below(2) === 1,
    eeprom: Array.from({ length: 64 }, () => next.u16()),
    config: Uint8Array.from({ length: 256 }, () => next.below(256)),
    ring: Array.from({ length: 16 }, () => ({ addr: next.u64(), length: next.u20(), flags: next.u16() })),
    tso_flags: sent ? next.u20() | 1 : 0,
    tso_header: sent ? next.u20() : 0,
    tso_start: sent ? next.u20() : 0,
    tso_end: sent ? next.u20() : 0,
    tso_mss: sent ? next.u20() : 0,
    tso_length: sent ? next.u20() : 0,
  };
}

/** Numbers of a device: registers that use all 32 bits are one in four, as V8 keeps what is above 2^31 in a box of its own. */
export interface NextNumber {
  below(limit: number): number;
  u16(): number;
  u20(): number;
  u32(): number;
  u64(): bigint;
}

export const POOL = 64;

/** The same states in every process. */
export function makePool(): E1000State[] {
  let seed = 0x2545f491;
  const u32 = (): number => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return seed >>> 0;
  };
  const next: NextNumber = {
    below: (limit) => u32() % limit,
    u16: () => u32() >>> 16,
    u20: () => u32() >>> 12,
    u32,
    u64: () => (BigInt(u32()) << 32n) | BigInt(u32()),
  };
  return Array.from({ length: POOL }, () => makeState(next));
}

/** The first difference between two states, or nothing. Typed arrays and plain ones hold the same when their elements are the same. */
export function difference(state: E1000State, other: E1000State): string | undefined {
  for (const name of Object.keys(state) as (keyof E1000State)[]) {
    const [left, right] = [plain(state[name]), plain(other[name])];
    if (left !== right) return `${name}: ${left} is not ${right}`;
  }
  return undefined;
}

function plain(value: E1000State[keyof E1000State]): string {
  if (typeof value !== "object") return `${typeof value} ${value}`;
  const elements = Array.from<number | RingEntry>(value);
  return elements
    .map((each) => (typeof each === "number" ? each : `${typeof each.addr} ${each.addr} ${each.length} ${each.flags}`))
    .join(",");
}

// There is no compiler of .fbs files among the packages that can be had, so this is what one writes by hand over the Builder; it follows
// schemas/e1000.fbs, and is faster than what the compiler makes: scalars in one pass, the ring as structs, arrays read as views.
import type { Case } from "../case.ts";
import { peer } from "../peer.ts";
import type { E1000State } from "../state.ts";

interface Builder {
  clear(): void;
  startVector(size: number, count: number, alignment: number): void;
  endVector(): number;
  createByteVector(bytes: Uint8Array): number;
  prep(size: number, more: number): void;
  pad(bytes: number): void;
  writeInt16(value: number): void;
  writeInt32(value: number): void;
  writeInt64(value: bigint): void;
  addInt16(value: number): void;
  startObject(fields: number): void;
  addFieldInt8(slot: number, value: number, absent: number): void;
  addFieldInt16(slot: number, value: number, absent: number): void;
  addFieldInt32(slot: number, value: number, absent: number): void;
  addFieldOffset(slot: number, value: number, absent: number): void;
  endObject(): number;
  finish(root: number): void;
  asUint8Array(): Uint8Array;
}
interface ByteBuffer {
  bytes(): Uint8Array;
  readInt32(at: number): number;
  readUint8(at: number): number;
  readUint16(at: number): number;
  readUint32(at: number): number;
  readUint64(at: number): bigint;
  __offset(table: number, slot: number): number;
  __vector(at: number): number;
}
interface Face {
  Builder: new (room: number) => Builder;
  ByteBuffer: new (bytes: Uint8Array) => ByteBuffer;
}

export const flatbuffers: Case = {
  name: "flatbuffers",
  note: "by hand over the Builder; arrays of the decoded state are views",
  setup(states) {
    const { Builder, ByteBuffer } = peer<Face>("flatbuffers");
    const builder = new Builder(4096);
    const wires = states.map((state) => build(builder, state).slice());
    return {
      encode: (index) => build(builder, states[index] as E1000State),
      decode: (index) => read(new ByteBuffer(wires[index] as Uint8Array)),
      wire: (index) => wires[index] as Uint8Array,
      asState: (decoded) => decoded as E1000State,
    };
  },
};

function build(b: Builder, s: E1000State): Uint8Array {
  b.clear();
  b.startVector(16, s.ring.length, 8);
  for (let i = s.ring.length - 1; i >= 0; i--) {
    const entry = s.ring[i] as E1000State["ring"][number];
    b.prep(8, 16);
    b.pad(2);
    b.writeInt16(entry.flags);
    b.writeInt32(entry.length);
    b.writeInt64(entry.addr);
  }
  const ring = b.endVector();
  const config = b.createByteVector(s.config);
  b.startVector(2, s.eeprom.length, 2);
  for (let i = s.eeprom.length - 1; i >= 0; i--) b.addInt16(s.eeprom[i] as number);
  const eeprom = b.endVector();
  b.startObject(81);
  b.addFieldInt32(0, s.mac_00, 0);
  b.addFieldInt32(1, s.mac_01, 0);
  b.addFieldInt32(2, s.mac_02, 0);
  b.addFieldInt32(3, s.mac_03, 0);
  b.addFieldInt32(4, s.mac_04, 0);
  b.addFieldInt32(5, s.mac_05, 0);
  b.addFieldInt32(6, s.mac_06, 0);
  b.addFieldInt32(7, s.mac_07, 0);
  b.addFieldInt32(8, s.mac_08, 0);
  b.addFieldInt32(9, s.mac_09, 0);
  b.addFieldInt32(10, s.mac_10, 0);
  b.addFieldInt32(11, s.mac_11, 0);
  b.addFieldInt32(12, s.mac_12, 0);
  b.addFieldInt32(13, s.mac_13, 0);
  b.addFieldInt32(14, s.mac_14, 0);
  b.addFieldInt32(15, s.mac_15, 0);
  b.addFieldInt32(16, s.mac_16, 0);
  b.addFieldInt32(17, s.mac_17, 0);
  b.addFieldInt32(18, s.mac_18, 0);
  b.addFieldInt32(19, s.mac_19, 0);
  b.addFieldInt32(20, s.mac_20, 0);
  b.addFieldInt32(21, s.mac_21, 0);
  b.addFieldInt32(22, s.mac_22, 0);
  b.addFieldInt32(23, s.mac_23, 0);
  b.addFieldInt32(24, s.mac_24, 0);
  b.addFieldInt32(25, s.mac_25, 0);
  b.addFieldInt32(26, s.mac_26, 0);
  b.addFieldInt32(27, s.mac_27, 0);
  b.addFieldInt32(28, s.mac_28, 0);
  b.addFieldInt32(29, s.mac_29, 0);
  b.addFieldInt32(30, s.mac_30, 0);
  b.addFieldInt32(31, s.mac_31, 0);
  b.addFieldInt32(32, s.mac_32, 0);
  b.addFieldInt32(33, s.mac_33, 0);
  b.addFieldInt32(34, s.mac_34, 0);
  b.addFieldInt32(35, s.mac_35, 0);
  b.addFieldInt32(36, s.mac_36, 0);
  b.addFieldInt32(37, s.mac_37, 0);
  b.addFieldInt32(38, s.mac_38, 0);
  b.addFieldInt32(39, s.mac_39, 0);
  b.addFieldInt32(40, s.mac_40, 0);
  b.addFieldInt32(41, s.mac_41, 0);
  b.addFieldInt32(42, s.mac_42, 0);
  b.addFieldInt32(43, s.mac_43, 0);
  b.addFieldInt32(44, s.mac_44, 0);
  b.addFieldInt32(45, s.mac_45, 0);
  b.addFieldInt32(46, s.mac_46, 0);
  b.addFieldInt32(47, s.mac_47, 0);
  b.addFieldInt32(48, s.mac_48, 0);
  b.addFieldInt32(49, s.mac_49, 0);
  b.addFieldInt32(50, s.mac_50, 0);
  b.addFieldInt32(51, s.mac_51, 0);
  b.addFieldInt32(52, s.mac_52, 0);
  b.addFieldInt32(53, s.mac_53, 0);
  b.addFieldInt32(54, s.mac_54, 0);
  b.addFieldInt32(55, s.mac_55, 0);
  b.addFieldInt32(56, s.mac_56, 0);
  b.addFieldInt32(57, s.mac_57, 0);
  b.addFieldInt32(58, s.mac_58, 0);
  b.addFieldInt32(59, s.mac_59, 0);
  b.addFieldInt32(75, s.tso_flags, 0);
  b.addFieldInt32(76, s.tso_header, 0);
  b.addFieldInt32(77, s.tso_start, 0);
  b.addFieldInt32(78, s.tso_end, 0);
  b.addFieldInt32(79, s.tso_mss, 0);
  b.addFieldInt32(80, s.tso_length, 0);
  b.addFieldOffset(72, eeprom, 0);
  b.addFieldOffset(73, config, 0);
  b.addFieldOffset(74, ring, 0);
  b.addFieldInt16(60, s.phy_0, 0);
  b.addFieldInt16(61, s.phy_1, 0);
  b.addFieldInt16(62, s.phy_2, 0);
  b.addFieldInt16(63, s.phy_3, 0);
  b.addFieldInt16(64, s.phy_4, 0);
  b.addFieldInt16(65, s.phy_5, 0);
  b.addFieldInt16(66, s.phy_6, 0);
  b.addFieldInt16(67, s.phy_7, 0);
  b.addFieldInt8(68, s.rx_shift, 0);
  b.addFieldInt8(69, s.tx_state, 0);
  b.addFieldInt8(70, s.autoneg ? 1 : 0, 0);
  b.addFieldInt8(71, s.link_up ? 1 : 0, 0);
  b.finish(b.endObject());
  return b.asUint8Array();
}

function read(bb: ByteBuffer): E1000State {
  const t = bb.readInt32(0);
  const bytes = bb.bytes();
  const eeprom = bb.__vector(t + bb.__offset(t, 148));
  const config = bb.__vector(t + bb.__offset(t, 150));
  const first = bb.__vector(t + bb.__offset(t, 152));
  const ring = new Array<E1000State["ring"][number]>(16);
  for (let i = 0, p = first; i < 16; i++, p += 16) {
    ring[i] = { addr: bb.readUint64(p), length: bb.readUint32(p + 8), flags: bb.readUint16(p + 12) };
  }
  return {
    mac_00: u32(bb, t, 4),
    mac_01: u32(bb, t, 6),
    mac_02: u32(bb, t, 8),
    mac_03: u32(bb, t, 10),
    mac_04: u32(bb, t, 12),
    mac_05: u32(bb, t, 14),
    mac_06: u32(bb, t, 16),
    mac_07: u32(bb, t, 18),
    mac_08: u32(bb, t, 20),
    mac_09: u32(bb, t, 22),
    mac_10: u32(bb, t, 24),
    mac_11: u32(bb, t, 26),
    mac_12: u32(bb, t, 28),
    mac_13: u32(bb, t, 30),
    mac_14: u32(bb, t, 32),
    mac_15: u32(bb, t, 34),
    mac_16: u32(bb, t, 36),
    mac_17: u32(bb, t, 38),
    mac_18: u32(bb, t, 40),
    mac_19: u32(bb, t, 42),
    mac_20: u32(bb, t, 44),
    mac_21: u32(bb, t, 46),
    mac_22: u32(bb, t, 48),
    mac_23: u32(bb, t, 50),
    mac_24: u32(bb, t, 52),
    mac_25: u32(bb, t, 54),
    mac_26: u32(bb, t, 56),
    mac_27: u32(bb, t, 58),
    mac_28: u32(bb, t, 60),
    mac_29: u32(bb, t, 62),
    mac_30: u32(bb, t, 64),
    mac_31: u32(bb, t, 66),
    mac_32: u32(bb, t, 68),
    mac_33: u32(bb, t, 70),
    mac_34: u32(bb, t, 72),
    mac_35: u32(bb, t, 74),
    mac_36: u32(bb, t, 76),
    mac_37: u32(bb, t, 78),
    mac_38: u32(bb, t, 80),
    mac_39: u32(bb, t, 82),
    mac_40: u32(bb, t, 84),
    mac_41: u32(bb, t, 86),
    mac_42: u32(bb, t, 88),
    mac_43: u32(bb, t, 90),
    mac_44: u32(bb, t, 92),
    mac_45: u32(bb, t, 94),
    mac_46: u32(bb, t, 96),
    mac_47: u32(bb, t, 98),
    mac_48: u32(bb, t, 100),
    mac_49: u32(bb, t, 102),
    mac_50: u32(bb, t, 104),
    mac_51: u32(bb, t, 106),
    mac_52: u32(bb, t, 108),
    mac_53: u32(bb, t, 110),
    mac_54: u32(bb, t, 112),
    mac_55: u32(bb, t, 114),
    mac_56: u32(bb, t, 116),
    mac_57: u32(bb, t, 118),
    mac_58: u32(bb, t, 120),
    mac_59: u32(bb, t, 122),
    phy_0: u16(bb, t, 124),
    phy_1: u16(bb, t, 126),
    phy_2: u16(bb, t, 128),
    phy_3: u16(bb, t, 130),
    phy_4: u16(bb, t, 132),
    phy_5: u16(bb, t, 134),
    phy_6: u16(bb, t, 136),
    phy_7: u16(bb, t, 138),
    rx_shift: u8(bb, t, 140),
    tx_state: u8(bb, t, 142),
    autoneg: u8(bb, t, 144) !== 0,
    link_up: u8(bb, t, 146) !== 0,
    eeprom: new Uint16Array(bytes.buffer, bytes.byteOffset + eeprom, 64) as unknown as number[],
    config: bytes.subarray(config, config + 256),
    ring,
    tso_flags: u32(bb, t, 154),
    tso_header: u32(bb, t, 156),
    tso_start: u32(bb, t, 158),
    tso_end: u32(bb, t, 160),
    tso_mss: u32(bb, t, 162),
    tso_length: u32(bb, t, 164),
  };
}

function u8(bb: ByteBuffer, table: number, slot: number): number {
  const at = bb.__offset(table, slot);
  return at === 0 ? 0 : bb.readUint8(table + at);
}

function u16(bb: ByteBuffer, table: number, slot: number): number {
  const at = bb.__offset(table, slot);
  return at === 0 ? 0 : bb.readUint16(table + at);
}

function u32(bb: ByteBuffer, table: number, slot: number): number {
  const at = bb.__offset(table, slot);
  return at === 0 ? 0 : bb.readUint32(table + at);
}

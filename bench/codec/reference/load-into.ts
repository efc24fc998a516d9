import type { Reader } from "../codec.ts";
import type { E1000State } from "../state.ts";
import { tooShort, unknownSubsection, wrongLength } from "./refuse.ts";

export function loadInto(s: E1000State, r: Reader): void {
  const { view: d, bytes: b, end } = r;
  const o = r.at;
  if (end - o < 868) tooShort(o, 868, end);
  s.mac_00 = d.getUint32(o + 0);
  s.mac_01 = d.getUint32(o + 4);
  s.mac_02 = d.getUint32(o + 8);
  s.mac_03 = d.getUint32(o + 12);
  s.mac_04 = d.getUint32(o + 16);
  s.mac_05 = d.getUint32(o + 20);
  s.mac_06 = d.getUint32(o + 24);
  s.mac_07 = d.getUint32(o + 28);
  s.mac_08 = d.getUint32(o + 32);
  s.mac_09 = d.getUint32(o + 36);
  s.mac_10 = d.getUint32(o + 40);
  s.mac_11 = d.getUint32(o + 44);
  s.mac_12 = d.getUint32(o + 48);
  s.mac_13 = d.getUint32(o + 52);
  s.mac_14 = d.getUint32(o + 56);
  s.mac_15 = d.getUint32(o + 60);
  s.mac_16 = d.getUint32(o + 64);
  s.mac_17 = d.getUint32(o + 68);
  s.mac_18 = d.getUint32(o + 72);
  s.mac_19 = d.getUint32(o + 76);
  s.mac_20 = d.getUint32(o + 80);
  s.mac_21 = d.getUint32(o + 84);
  s.mac_22 = d.getUint32(o + 88);
  s.mac_23 = d.getUint32(o + 92);
  s.mac_24 = d.getUint32(o + 96);
  s.mac_25 = d.getUint32(o + 100);
  s.mac_26 = d.getUint32(o + 104);
  s.mac_27 = d.getUint32(o + 108);
  s.mac_28 = d.getUint32(o + 112);
  s.mac_29 = d.getUint32(o + 116);
  s.mac_30 = d.getUint32(o + 120);
  s.mac_31 = d.getUint32(o + 124);
  s.mac_32 = d.getUint32(o + 128);
  s.mac_33 = d.getUint32(o + 132);
  s.mac_34 = d.getUint32(o + 136);
  s.mac_35 = d.getUint32(o + 140);
  s.mac_36 = d.getUint32(o + 144);
  s.mac_37 = d.getUint32(o + 148);
  s.mac_38 = d.getUint32(o + 152);
  s.mac_39 = d.getUint32(o + 156);
  s.mac_40 = d.getUint32(o + 160);
  s.mac_41 = d.getUint32(o + 164);
  s.mac_42 = d.getUint32(o + 168);
  s.mac_43 = d.getUint32(o + 172);
  s.mac_44 = d.getUint32(o + 176);
  s.mac_45 = d.getUint32(o + 180);
  s.mac_46 = d.getUint32(o + 184);
  s.mac_47 = d.getUint32(o + 188);
  s.mac_48 = d.getUint32(o + 192);
  s.mac_49 = d.getUint32(o + 196);
  s.mac_50 = d.getUint32(o + 200);
  s.mac_51 = d.getUint32(o + 204);
  s.mac_52 = d.getUint32(o + 208);
  s.mac_53 = d.getUint32(o + 212);
  s.mac_54 = d.getUint32(o + 216);
  s.mac_55 = d.getUint32(o + 220);
  s.mac_56 = d.getUint32(o + 224);
  s.mac_57 = d.getUint32(o + 228);
  s.mac_58 = d.getUint32(o + 232);
  s.mac_59 = d.getUint32(o + 236);
  s.phy_0 = d.getUint16(o + 240);
  s.phy_1 = d.getUint16(o + 242);
  s.phy_2 = d.getUint16(o + 244);
  s.phy_3 = d.getUint16(o + 246);
  s.phy_4 = d.getUint16(o + 248);
  s.phy_5 = d.getUint16(o + 250);
  s.phy_6 = d.getUint16(o + 252);
  s.phy_7 = d.getUint16(o + 254);
  s.rx_shift = d.getUint8(o + 256);
  s.tx_state = d.getUint8(o + 257);
  s.autoneg = d.getUint8(o + 258) !== 0;
  s.link_up = d.getUint8(o + 259) !== 0;
  const e = s.eeprom;
  if (e.length !== 64) wrongLength("eeprom", e.length, 64);
  for (let i = 0; i < 64; i += 2) {
    const pair = d.getInt32(o + 260 + i * 2);
    e[i] = pair >>> 16;
    e[i + 1] = pair & 0xffff;
  }
  s.config = b.subarray(o + 388, o + 644);
  if (s.ring.length !== 16) wrongLength("ring", s.ring.length, 16);
  let p = o + 644;
  for (const entry of s.ring) {
    entry.addr = BigInt.asUintN(64, (BigInt(d.getInt32(p)) << 32n) | BigInt(d.getUint32(p + 4)));
    entry.length = d.getUint32(p + 8);
    entry.flags = d.getUint16(p + 12);
    p += 14;
  }
  let at = o + 868;
  if (at < end && b[at] === 0x05) {
    if (end - at < 47) tooShort(at, 47, end);
    if (
      d.getInt32(at) !== 0x05116531 ||
      d.getInt32(at + 4) !== 0x3030302d ||
      d.getInt32(at + 8) !== 0x6c696b65 ||
      d.getInt32(at + 12) !== 0x2f74785f ||
      d.getInt32(at + 16) !== 0x74736f00 ||
      d.getInt32(at + 19) !== 0x00000001
    )
      unknownSubsection(at);
    s.tso_flags = d.getUint32(at + 23);
    s.tso_header = d.getUint32(at + 27);
    s.tso_start = d.getUint32(at + 31);
    s.tso_end = d.getUint32(at + 35);
    s.tso_mss = d.getUint32(at + 39);
    s.tso_length = d.getUint32(at + 43);
    at += 47;
  } else {
    s.tso_flags = 0;
    s.tso_header = 0;
    s.tso_start = 0;
    s.tso_end = 0;
    s.tso_mss = 0;
    s.tso_length = 0;
  }
  r.at = at;
}

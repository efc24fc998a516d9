import { array, buffer, equal, named, since, struct, uint8, uint16, uint32, unused, varray, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** Versions of the EEPROM are dates; before this one its size was a byte. */
const WIDE_SIZE = 20061113;
const MOST_WORDS = 256;

/** A 93xx EEPROM, a section of its own before that of its card: an eepro100, or the DC-390 among SCSI adapters. */
export const eeprom93xx = vmsd("eeprom", {
  versionId: WIDE_SIZE,
  minimumVersionId: 20061112,
  behindPath: true,
  fields: {
    tick: uint8,
    address: uint8,
    command: uint8,
    writable: uint8,
    eecs: uint8,
    eesk: uint8,
    eedo: uint8,
    addrbits: uint8,
    narrow_size: named("size", uint8),
    unused: unused(1),
    size: since(WIDE_SIZE, equal(uint16)),
    data: uint16,
    contents: varray(uint16, (s, _m, versionId) => (versionId < WIDE_SIZE ? s.narrow_size : s.size), { max: MOST_WORDS }),
  },
  exists: {
    narrow_size: (_s, _m, versionId) => versionId < WIDE_SIZE,
    unused: (_s, _m, versionId) => versionId < WIDE_SIZE,
  },
});

/** The Intel 82550 to 82562, which differ in the section's name alone; it is given to a card when it is made, and not to its QOM type. */
export const eepro100 = vmsd("i82551", {
  versionId: 3,
  minimumVersionId: 2,
  aliases: [
    "i82550",
    "i82557a",
    "i82557b",
    "i82557c",
    "i82558a",
    "i82558b",
    "i82559a",
    "i82559b",
    "i82559c",
    "i82559er",
    "i82562",
    "i82801",
  ],
  behindPath: true,
  fields: {
    dev: struct(pciDevice),
    unused: unused(32),
    mult: buffer(8),
    mem: buffer(4096),
    scb_stat: uint8,
    int_stat: uint8,
    unused_2: named("unused", unused(12)),
    "conf.macaddr": buffer(6),
    unused_3: named("unused", unused(76)),
    mdimem: array(uint16, 32),
    device: uint32,
    cu_base: uint32,
    cu_offset: uint32,
    ru_base: uint32,
    ru_offset: uint32,
    statsaddr: uint32,
    "statistics.tx_good_frames": uint32,
    "statistics.tx_max_collisions": uint32,
    "statistics.tx_late_collisions": uint32,
    "statistics.tx_underruns": uint32,
    "statistics.tx_lost_crs": uint32,
    "statistics.tx_deferred": uint32,
    "statistics.tx_single_collisions": uint32,
    "statistics.tx_multiple_collisions": uint32,
    "statistics.tx_total_collisions": uint32,
    "statistics.rx_good_frames": uint32,
    "statistics.rx_crc_errors": uint32,
    "statistics.rx_alignment_errors": uint32,
    "statistics.rx_resource_errors": uint32,
    "statistics.rx_overrun_errors": uint32,
    "statistics.rx_cdt_errors": uint32,
    "statistics.rx_short_frame_errors": uint32,
    "statistics.fc_xmt_pause": uint32,
    "statistics.fc_rcv_pause": uint32,
    "statistics.fc_rcv_unsupported": uint32,
    "statistics.xmt_tco_frames": uint16,
    "statistics.rcv_tco_frames": uint16,
    configuration: buffer(22),
  },
});

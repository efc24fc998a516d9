import {
  array,
  bool,
  buffer,
  custom,
  equal,
  struct,
  uint8,
  uint16,
  uint32,
  uint64,
  unused,
  varray,
  vmsd,
} from "../../compiler/schema/index.ts";
import { virtioHead, virtioTail } from "./virtio.ts";

const CTRL_GUEST_OFFLOADS = 1 << 2;

const ADDRESS = 6;
/** Addresses that the filter has room for; of more only that they were too many is kept. */
const MAC_TABLE = 64;
const MOST_SKIPPED = 0x10000;
const MOST_PAIRS = 16;
const RSS_TABLE = 128;

/** The network card's own part. */
export const virtioNetDevice = vmsd("virtio-net-device", {
  versionId: 11,
  minimumVersionId: 11,
  properties: { max_queue_pairs: 1, ctrl_guest_offloads: false },
  configured: { max_queue_pairs: { from: 1, to: MOST_PAIRS } },
  fields: {
    mac: buffer(ADDRESS),
    "vqs[0].tx_waiting": uint32,
    mergeable_rx_bufs: uint32,
    // Bit 0: the link is up.
    status: uint16,
    promisc: uint8,
    allmulti: uint8,
    "mac_table.in_use": uint32,
    "mac_table.macs": varray(buffer(ADDRESS), "mac_table.in_use", { max: MAC_TABLE }),
    unused: unused((s) => s["mac_table.in_use"] * ADDRESS, { max: MOST_SKIPPED * ADDRESS }),
    vlans: buffer(512),
    has_vnet_hdr: uint32,
    "mac_table.multi_overflow": uint8,
    "mac_table.uni_overflow": uint8,
    alluni: uint8,
    nomulti: uint8,
    nouni: uint8,
    nobcast: uint8,
    has_ufo: uint8,
    max_queue_pairs: equal(uint16, (m) => m.max_queue_pairs),
    curr_queue_pairs: uint16,
    // Of the queue pairs behind the first.
    tx_waiting_1: varray(uint32, (s) => Math.max(s.curr_queue_pairs - 1, 0), { max: MOST_PAIRS - 1 }),
    curr_guest_offloads: uint64,
  },
  exists: {
    "mac_table.macs": (s) => s["mac_table.in_use"] <= MAC_TABLE,
    unused: (s) => s["mac_table.in_use"] > MAC_TABLE,
    max_queue_pairs: (_s, m) => m.max_queue_pairs > 1,
    curr_queue_pairs: (_s, m) => m.max_queue_pairs > 1,
    curr_guest_offloads: (_s, m) => m.ctrl_guest_offloads,
  },
  absent: { max_queue_pairs: 1, curr_queue_pairs: 1 },
  validate: { curr_queue_pairs: (s, m) => s.curr_queue_pairs <= m.max_queue_pairs },
  subsections: {
    "virtio-net-device/rss": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s) => s["rss_data.enabled"],
      fields: {
        "rss_data.enabled": bool,
        "rss_data.redirect": bool,
        "rss_data.populate_hash": bool,
        "rss_data.hash_types": uint32,
        "rss_data.indirections_len": uint16,
        "rss_data.default_queue": uint16,
        "rss_data.key": array(uint8, 40),
        "rss_data.indirections_table": varray(uint16, "rss_data.indirections_len", { max: RSS_TABLE }),
      },
    },
  },
});

/** The network card with what is around it. */
export const virtioNetOverPci = vmsd("virtio-net over PCI", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    head: struct(virtioHead),
    device: struct(virtioNetDevice, {
      with: { ctrl_guest_offloads: (s) => (s.head.guest_features_lo & CTRL_GUEST_OFFLOADS) !== 0 },
    }),
    tail: struct(virtioTail),
  },
});

/** A virtio network card. */
export const virtioNet = vmsd("virtio-net", {
  versionId: 11,
  minimumVersionId: 11,
  types: ["virtio-net-device"],
  behindPath: true,
  fields: { virtio: custom("virtio", struct(virtioNetOverPci)) },
});

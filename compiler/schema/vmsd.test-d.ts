import { array, bool, named, type StateOf, since, struct, uint8, uint16, uint64, unused, varray, vmsd } from "./index.ts";

const MCR_LOOP = 0x10;
const fifo8 = vmsd("Fifo8", { versionId: 1, minimumVersionId: 1, fields: { data: array(uint8, 16), num: uint16 } });
const serial = vmsd("serial", {
  versionId: 3,
  minimumVersionId: 2,
  properties: { wakeup: false, depth: 16 },
  fields: {
    divider: uint16,
    mcr: uint8,
    fcr: since(3, uint8),
    pad: unused(4),
    big: uint64,
    nr_events: uint16,
    events: varray(uint16, "nr_events", { max: 64 }),
    loopback_level: bool,
    config_e: named("config", uint8),
  },
  exists: { loopback_level: (s, m) => (s.mcr & MCR_LOOP) !== 0 && m.wakeup },
  absent: { fcr: 0, loopback_level: false },
  validate: { nr_events: (s) => s.nr_events <= 64 },
  subsections: {
    "serial/recv_fifo": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { recv_fifo: struct(fifo8) },
      needed: (s) => s.recv_fifo.num > 0,
      absent: { recv_fifo: { data: [], num: 0 } },
    },
    "serial/poll": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { poll_msl: since(2, uint8), x: unused(3) },
      needed: (s) => s.poll_msl > 0 && s.divider > 1,
    },
  },
});
type S = StateOf<typeof serial>;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const exact: Equal<
  S,
  {
    divider: number;
    mcr: number;
    fcr: number;
    big: bigint;
    nr_events: number;
    events: number[];
    loopback_level: boolean;
    config_e: number;
    recv_fifo: { data: number[]; num: number };
    poll_msl: number;
  }
> = true;
void exact;

import { array, bool, int16, int64, named, since, uint8, uint16, uint32, unused, vmsd, vstruct } from "../../compiler/schema/index.ts";

const LONGEST_MESSAGE = 300;

/** A management controller in QEMU itself; of its sensors the first is sent, the watchdog's. */
export const ipmiBmcSim = vmsd("ipmi-bmc-sim", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    bmc_global_enables: uint8,
    msg_flags: uint8,
    watchdog_initialized: bool,
    watchdog_use: uint8,
    watchdog_action: uint8,
    watchdog_pretimeout: uint8,
    watchdog_expired: uint8,
    watchdog_timeout: uint16,
    watchdog_running: bool,
    watchdog_preaction_ran: bool,
    watchdog_expiry: int64,
    evtbuf: array(uint8, 16),
    "sensors[0].status": uint8,
    "sensors[0].reading": uint8,
    "sensors[0].states": uint16,
    "sensors[0].assert_states": uint16,
    "sensors[0].deassert_states": uint16,
    "sensors[0].assert_enable": uint16,
  },
});

/** Keyboard controller style: a byte at a time. A load sets a position that lies outside of its message to 0. */
export const ipmiKcs = vmsd("ipmi-interface-kcs", {
  versionId: 2,
  minimumVersionId: 1,
  fields: {
    obf_irq_set: bool,
    atn_irq_set: bool,
    unused: unused(1),
    irqs_enabled: bool,
    outpos: uint32,
    outlen: since(2, uint32),
    outmsg: array(uint8, LONGEST_MESSAGE),
    inlen: since(2, uint32),
    inmsg: array(uint8, LONGEST_MESSAGE),
    write_end: bool,
    status_reg: uint8,
    data_out_reg: uint8,
    data_in_reg: int16,
    cmd_reg: int16,
    waiting_rsp: uint8,
  },
  exists: { unused: (_s, _m, versionId) => versionId < 2 },
});

/** The guest's interface to a management controller on the ISA bus. */
export const isaIpmiKcs = vmsd("ipmi-interface", {
  versionId: 2,
  minimumVersionId: 1,
  fields: { kcs_before: named("kcs", vstruct(ipmiKcs, 1)), kcs: since(2, vstruct(ipmiKcs, 2)) },
  exists: { kcs_before: (_s, _m, versionId) => versionId < 2 },
});

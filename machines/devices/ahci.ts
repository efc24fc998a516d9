import { array, bool, equal, int32, since, struct, uint8, uint32, uint64, vmsd } from "../../compiler/schema/index.ts";
import { ideBus, ideDrive, isRetryingPio } from "./ide.ts";
import { pciDevice } from "./pci.ts";

const PORTS = 6;
const COMMAND_SLOTS = 32;

/** Of a port's command register: what the guest asks of its two engines, and whether they run. */
const START = 1 << 0;
const FIS_RECEIVE = 1 << 4;
const FIS_RUNS = 1 << 14;
const LIST_RUNS = 1 << 15;
const enginesAgree = (cmd: number): boolean =>
  ((cmd & START) !== 0 || (cmd & LIST_RUNS) === 0) && ((cmd & FIS_RECEIVE) !== 0 || (cmd & FIS_RUNS) === 0);

/** ATA commands that are queued: reads, writes and those without data, sends, receives. */
const READ_FPDMA_QUEUED = 0x60;
const WRITE_FPDMA_QUEUED = 0x61;
const NCQ_NON_DATA = 0x63;
const SEND_FPDMA_QUEUED = 0x64;
const RECEIVE_FPDMA_QUEUED = 0x65;
const isQueued = (cmd: number): boolean =>
  cmd === READ_FPDMA_QUEUED ||
  cmd === WRITE_FPDMA_QUEUED ||
  cmd === NCQ_NON_DATA ||
  cmd === SEND_FPDMA_QUEUED ||
  cmd === RECEIVE_FPDMA_QUEUED;

/** A queued command. In a guest that is stopped, one that is in use has halted on an error. */
export const ahciNcq = vmsd("ncq state", {
  versionId: 1,
  minimumVersionId: 0,
  fields: { sector_count: uint32, lba: uint64, tag: uint8, cmd: uint8, slot: uint8, used: bool, halt: bool },
  validate: { halt: (s) => s.used === s.halt && (!s.halt || (isQueued(s.cmd) && s.slot === s.tag)) },
});

/** A port with its one drive. */
export const ahciPort = vmsd("ahci port", {
  versionId: 1,
  minimumVersionId: 0,
  fields: {
    port: since(1, struct(ideBus)),
    "port.ifs[0]": since(1, struct(ideDrive, { with: { pio_retry: (s) => isRetryingPio(s.port.error_status) } })),
    port_state: uint32,
    finished: uint32,
    "port_regs.lst_addr": uint32,
    "port_regs.lst_addr_hi": uint32,
    "port_regs.fis_addr": uint32,
    "port_regs.fis_addr_hi": uint32,
    "port_regs.irq_stat": uint32,
    "port_regs.irq_mask": uint32,
    "port_regs.cmd": uint32,
    "port_regs.tfdata": uint32,
    "port_regs.sig": uint32,
    "port_regs.scr_stat": uint32,
    "port_regs.scr_ctl": uint32,
    "port_regs.scr_err": uint32,
    "port_regs.scr_act": uint32,
    "port_regs.cmd_issue": uint32,
    done_first_drq: bool,
    // -1 while no command is under way.
    busy_slot: int32,
    init_d2h_sent: bool,
    ncq_tfs: since(1, array(struct(ahciNcq), COMMAND_SLOTS)),
  },
  validate: { "port_regs.cmd": (s) => enginesAgree(s["port_regs.cmd"]) },
});

/** A host bus adapter: its ports, then what they share. */
export const ahci = vmsd("ahci", {
  versionId: 1,
  minimumVersionId: 0,
  fields: {
    dev: array(struct(ahciPort), PORTS),
    "control_regs.cap": uint32,
    "control_regs.ghc": uint32,
    "control_regs.irqstatus": uint32,
    "control_regs.impl": uint32,
    "control_regs.version": uint32,
    idp_index: uint32,
    ports: equal(int32, PORTS),
  },
});

/** The SATA controller of the ICH9. */
export const ich9Ahci = vmsd("ich9_ahci", {
  versionId: 1,
  minimumVersionId: 0,
  types: ["ich9-ahci"],
  behindPath: true,
  fields: { parent_obj: struct(pciDevice), ahci: struct(ahci) },
});

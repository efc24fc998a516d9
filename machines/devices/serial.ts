import { int32, since, struct, timer, uint8, uint16, uint32, vmsd } from "../../compiler/schema/index.ts";
import { fifo8 } from "./fifo8.ts";
import { pciDevice } from "./pci.ts";

/** Offset in configuration space. */
const PROGRAMMING_INTERFACE = 9;

/** Interrupt enable: the transmitter's holding register is empty. */
const IER_THRI = 0x02;
/** Interrupt identification: the bits that tell which, and that very interrupt. */
const IIR_ID = 0x06;
const IIR_THRI = 0x02;
/** Line status: the transmitter is empty. */
const LSR_TEMT = 0x40;

/** Not sent: a load takes what the interrupt registers say. */
const AS_IDENTIFIED = -1;
const EMPTY_FIFO = { data: new Uint8Array(16), head: 0, num: 0 };

const identified = (iir: number): number => ((iir & IIR_ID) === IIR_THRI ? 1 : 0);

export const serialPort = vmsd("serial", {
  versionId: 3,
  minimumVersionId: 2,
  fields: {
    divider: since(2, uint16),
    rbr: uint8,
    ier: uint8,
    iir: uint8,
    lcr: uint8,
    mcr: uint8,
    lsr: uint8,
    msr: uint8,
    scr: uint8,
    fcr_vmstate: since(3, uint8),
  },
  subsections: {
    "serial/thr_ipending": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { thr_ipending: int32 },
      needed: (s) => (s.ier & IER_THRI) !== 0 && s.thr_ipending !== AS_IDENTIFIED && s.thr_ipending !== identified(s.iir),
      absent: { thr_ipending: AS_IDENTIFIED },
    },
    // A byte that the host would not take yet.
    "serial/tsr": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { tsr_retry: uint32, thr: uint8, tsr: uint8 },
      needed: (s) => s.tsr_retry !== 0,
      validate: { tsr_retry: (s) => s.tsr_retry === 0 || (s.lsr & LSR_TEMT) === 0 },
    },
    "serial/recv_fifo": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { recv_fifo: struct(fifo8, { with: { capacity: () => 16 } }) },
      needed: (s) => s.recv_fifo.num !== 0,
      absent: { recv_fifo: EMPTY_FIFO },
    },
    "serial/xmit_fifo": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { xmit_fifo: struct(fifo8, { with: { capacity: () => 16 } }) },
      needed: (s) => s.xmit_fifo.num !== 0,
      absent: { xmit_fifo: EMPTY_FIFO },
    },
    "serial/fifo_timeout_timer": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { fifo_timeout_timer: timer },
      needed: (s) => s.fifo_timeout_timer !== -1n,
      absent: { fifo_timeout_timer: -1n },
    },
    "serial/timeout_ipending": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { timeout_ipending: int32 },
      needed: (s) => s.timeout_ipending !== 0,
    },
    // Modem lines of a port of the host; -1 where there is none.
    "serial/poll": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { poll_msl: int32, modem_status_poll: timer },
      needed: (s) => s.poll_msl >= 0,
      absent: { poll_msl: -1, modem_status_poll: -1n },
    },
  },
});

/** A serial port on the ISA bus. */
export const isaSerial = vmsd("serial", {
  versionId: 3,
  minimumVersionId: 2,
  types: ["isa-serial"],
  fields: { state: struct(serialPort) },
});

/** A serial port on a PCI card. */
export const pciSerial = vmsd("pci-serial", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["pci-serial"],
  behindPath: true,
  // Which programming interface the class code names: 2 is a 16550, 0 none in particular.
  properties: { prog_if: 2 },
  configured: { prog_if: { from: 0, to: 255 } },
  validate: { dev: (s, m) => s.dev.config[PROGRAMMING_INTERFACE] === m.prog_if },
  fields: { dev: struct(pciDevice), state: struct(serialPort) },
});

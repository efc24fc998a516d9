import {
  array,
  bool,
  buffer,
  custom,
  marker,
  named,
  qtailq,
  struct,
  uint8,
  uint32,
  uint64,
  varBuffer,
  vmsd,
} from "../../compiler/schema/index.ts";
import { virtqueueElement } from "./virtqueue-element.ts";

/** The byte before a request: it is tried again, or goes on where it was. */
const GOES_ON = 2;

/** The low five bits of an operation code say what is done; the others how long the command is, here ten, sixteen or twelve bytes. */
const OPERATION = 0x1f;
const READ = 0x08;
const WRITE = 0x0a;
const WRITE_AND_VERIFY = 0x0e;
const VERIFY = 0x0f;
const LENGTH = 0xe0;
const SIX_BYTES = 0x00;
const TEN_BYTES = 0x20;
const SIXTEEN_BYTES = 0x80;
const TWELVE_BYTES = 0xa0;
/** Of a verification's second byte: the guest sends what it compares with. */
const BYTE_CHECK = 0x02;

const isLong = (opcode: number): boolean =>
  (opcode & LENGTH) === TEN_BYTES || (opcode & LENGTH) === SIXTEEN_BYTES || (opcode & LENGTH) === TWELVE_BYTES;
const isReadOrWrite = (opcode: number): boolean => (opcode & OPERATION) === READ || (opcode & OPERATION) === WRITE;
const isVerification = (opcode: number): boolean => (opcode & OPERATION) === WRITE_AND_VERIFY || (opcode & OPERATION) === VERIFY;
/** Commands that move a disk's sectors; all others are answered at once and keep nothing. */
const movesSectors = (opcode: number): boolean =>
  (isLong(opcode) && (isReadOrWrite(opcode) || isVerification(opcode))) || ((opcode & LENGTH) === SIX_BYTES && isReadOrWrite(opcode));
/** Of those: data comes from the guest. */
const isToDisk = (cdb: Uint8Array): boolean =>
  (cdb[0] & OPERATION) === READ ? false : (cdb[0] & OPERATION) !== VERIFY || (cdb[1] & BYTE_CHECK) !== 0;

const SECTOR = 512;
const DMA_BUFFER = 131072;

const PLAIN_SENSE = 96;
const LONGEST_SENSE = 252;
const MOST_REQUESTS = 65536;

/** A request that is not finished, as in a guest that stopped on an error; what the adapter says of it, then what the disk says. */
export const scsiRequest = vmsd("scsi request", {
  versionId: 0,
  minimumVersionId: 0,
  properties: { scsi_bus: "" },
  configured: { scsi_bus: ["", "virtio"] },
  fields: {
    how: marker,
    cdb: buffer(16),
    tag: uint32,
    lun: uint32,
    virtio_queue: uint32,
    virtio_elem: struct(virtqueueElement),
    // In units of 512 bytes, whatever the disk's own sectors are.
    sector: uint64,
    sector_count: uint32,
    // 0 where the adapter has handed over the guest's own memory: then no data follows.
    buflen: uint32,
    data_out: varBuffer((s) => Math.min(s.buflen, SECTOR * s.sector_count), { max: DMA_BUFFER }),
    data_in_len: uint32,
    data_in: varBuffer("data_in_len", { max: DMA_BUFFER }),
  },
  exists: {
    virtio_queue: (_s, m) => m.scsi_bus === "virtio",
    virtio_elem: (_s, m) => m.scsi_bus === "virtio",
    sector: (s) => movesSectors(s.cdb[0]),
    sector_count: (s) => movesSectors(s.cdb[0]),
    buflen: (s) => movesSectors(s.cdb[0]),
    data_out: (s) => movesSectors(s.cdb[0]) && s.buflen !== 0 && isToDisk(s.cdb),
    data_in_len: (s) => movesSectors(s.cdb[0]) && s.buflen !== 0 && !isToDisk(s.cdb) && s.how === GOES_ON,
    data_in: (s) => movesSectors(s.cdb[0]) && s.buflen !== 0 && !isToDisk(s.cdb) && s.how === GOES_ON,
  },
});

/** What every SCSI device has: the sense that it owes the guest, and its unfinished requests. */
export const scsiDevice = vmsd("SCSIDevice", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    "unit_attention.key": uint8,
    "unit_attention.asc": uint8,
    "unit_attention.ascq": uint8,
    sense_is_ua: bool,
    sense: array(uint8, PLAIN_SENSE),
    sense_len: uint32,
    requests: custom("scsi-requests", qtailq(scsiRequest, { max: MOST_REQUESTS })),
  },
  subsections: {
    "SCSIDevice/sense": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s) => s.sense_len > PLAIN_SENSE,
      fields: { sense_rest: named("sense", array(uint8, LONGEST_SENSE - PLAIN_SENSE)) },
    },
  },
});

/** A SCSI disk or CD-ROM drive. */
export const scsiDisk = vmsd("scsi-disk", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["scsi-hd", "scsi-cd", "scsi-block", "scsi-disk"],
  behindPath: true,
  fields: {
    qdev: struct(scsiDevice),
    media_changed: bool,
    media_event: bool,
    eject_request: bool,
    tray_open: bool,
    tray_locked: bool,
  },
});

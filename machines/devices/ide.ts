import { array, bool, buffer, int32, int64, since, struct, uint8, uint32, varray, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

const DATA_REQUEST = 0x08;
/** Bits of a bus's error status and of a bus master's old status byte: PIO was under way; any of those that tell what is to be tried again. */
const RETRY_PIO = 0x10;
const RETRY_BITS = 0x78;

const SECTORS_IN_BUFFER = 256;
const BUFFER = SECTORS_IN_BUFFER * 512 + 4;
/** Read, write, stop, ATAPI reply, ATAPI command, dummy stop. */
const END_TRANSFER_FUNCTIONS = 6;

/** Whether a transfer by PIO on this bus waits to be tried again. */
export const isRetryingPio = (errorStatus: number): boolean => (errorStatus & RETRY_PIO) !== 0;

/** The bus master of one channel. */
export const ideBmdma = vmsd("ide bmdma", {
  versionId: 3,
  minimumVersionId: 0,
  fields: {
    cmd: uint8,
    // The bits for a retry stand here for readers before the subsection of the bus; the device's own are in `status`.
    migration_compat_status: uint8,
    addr: uint32,
    migration_retry_sector_num: int64,
    migration_retry_nsector: uint32,
    migration_retry_unit: uint8,
  },
  subsections: {
    "ide bmdma_current": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s) => s.cur_prd_len !== 0,
      fields: { cur_addr: uint32, cur_prd_last: uint32, cur_prd_addr: uint32, cur_prd_len: uint32 },
    },
    "ide bmdma/status": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s) => (s.status & RETRY_BITS) !== 0,
      fields: { status: uint8 },
    },
  },
});

/** One channel, without its drives. */
export const ideBus = vmsd("ide_bus", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { cmd: uint8, unit: uint8 },
  subsections: {
    "ide_bus/error": {
      versionId: 2,
      minimumVersionId: 1,
      needed: (s) => s.error_status !== 0,
      fields: {
        error_status: int32,
        retry_sector_num: since(2, int64),
        retry_nsector: since(2, uint32),
        retry_unit: since(2, uint8),
      },
    },
  },
});

/** A drive, or the empty place of one: its registers, and a transfer that is under way. */
export const ideDrive = vmsd("ide_drive", {
  versionId: 3,
  minimumVersionId: 0,
  properties: { pio_retry: false },
  fields: {
    mult_sectors: int32,
    identify_set: int32,
    identify_data: buffer(512),
    feature: uint8,
    error: uint8,
    nsector: uint32,
    sector: uint8,
    lcyl: uint8,
    hcyl: uint8,
    hob_feature: uint8,
    hob_sector: uint8,
    hob_nsector: uint8,
    hob_lcyl: uint8,
    hob_hcyl: uint8,
    select: uint8,
    status: uint8,
    lba48: uint8,
    sense_key: uint8,
    asc: uint8,
    cdrom_changed: since(3, uint8),
  },
  exists: { identify_data: (s) => s.identify_set !== 0 },
  subsections: {
    "ide_drive/pio_state": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s, m) => (s.status & DATA_REQUEST) !== 0 || m.pio_retry,
      fields: {
        req_nb_sectors: int32,
        // Of a fixed size, but empty in the state of a drive that transfers nothing.
        io_buffer: since(1, varray(uint8, BUFFER, { max: BUFFER })),
        cur_io_buffer_offset: int32,
        cur_io_buffer_len: int32,
        end_transfer_fn_idx: uint8,
        elementary_transfer_size: int32,
        packet_transfer_size: int32,
      },
      validate: { end_transfer_fn_idx: (s) => s.end_transfer_fn_idx < END_TRANSFER_FUNCTIONS },
    },
    "ide_drive/tray_state": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s) => s.tray_open || s.tray_locked,
      fields: { tray_open: bool, tray_locked: bool },
    },
    "ide_drive/atapi/gesn_state": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s) => s["events.new_media"] || s["events.eject_request"],
      fields: { "events.new_media": bool, "events.eject_request": bool },
    },
  },
});

/** The two-channel controller of the PIIX: both bus masters, both channels, then the two drives of each. */
export const ide = vmsd("ide", {
  versionId: 3,
  minimumVersionId: 0,
  types: ["piix3-ide", "piix4-ide"],
  behindPath: true,
  fields: {
    parent_obj: struct(pciDevice),
    bmdma: array(struct(ideBmdma), 2),
    bus: since(1, array(struct(ideBus), 2)),
    "bus[0].ifs": since(3, array(struct(ideDrive, { with: { pio_retry: (s) => isRetryingPio(s.bus[0].error_status) } }), 2)),
    "bus[1].ifs": since(3, array(struct(ideDrive, { with: { pio_retry: (s) => isRetryingPio(s.bus[1].error_status) } }), 2)),
  },
});

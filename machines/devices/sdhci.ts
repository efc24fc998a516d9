import {
  array,
  bitmap,
  bool,
  buffer,
  int32,
  named,
  timer,
  uint8,
  uint16,
  uint32,
  uint64,
  unused,
  varBuffer,
  vmsd,
} from "../../compiler/schema/index.ts";

/** What the first byte of a card's register CSD says of one above 2 GiB. */
const HIGH_CAPACITY = 0x40;
/** Write protection is by groups of 2 MiB; a card has up to 2 TiB. */
const MOST_GROUPS = 1 + (1 << 20);
const POWERED_UP = 0x80000000;

/** Write protection groups of a card, as many as its size in the CSD makes: counted in 512 KiB, or in 512 blocks of a size given there too. */
const writeProtectGroups = (csd: readonly number[]): number =>
  csd[0] === HIGH_CAPACITY
    ? 1 + ((1 + (((csd[7] & 0x3f) << 16) | (csd[8] << 8) | csd[9])) >> 2)
    : 1 + ((1 + (((csd[6] & 3) << 10) | (csd[7] << 2) | (csd[8] >> 6))) >> (12 - (csd[5] & 0xf)));

/** An SD host controller. Of the PCI function it sends nothing. */
export const sdhci = vmsd("sdhci", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["generic-sdhci", "imx-usdhc", "s3c-sdhci", "sdhci-pci"],
  // Bytes of the largest block, as the property `capareg` says.
  properties: { buf_maxsz: 512 },
  configured: { buf_maxsz: [512, 1024, 2048] },
  fields: {
    sdmasysad: uint32,
    blksize: uint16,
    blkcnt: uint16,
    argument: uint32,
    trnmod: uint16,
    cmdreg: uint16,
    rspreg: array(uint32, 4),
    prnsts: uint32,
    hostctl1: uint8,
    pwrcon: uint8,
    blkgap: uint8,
    wakcon: uint8,
    clkcon: uint16,
    timeoutcon: uint8,
    admaerr: uint8,
    norintsts: uint16,
    errintsts: uint16,
    norintstsen: uint16,
    errintstsen: uint16,
    norintsigen: uint16,
    errintsigen: uint16,
    acmd12errsts: uint16,
    data_count: uint16,
    admasysaddr: uint64,
    stopped_state: uint8,
    fifo_buffer: varBuffer((_s, m) => m.buf_maxsz, { max: 2048 }),
    insert_timer: timer,
    transfer_timer: timer,
  },
  subsections: {
    "sdhci/pending-insert": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s) => s.pending_insert_state,
      fields: { pending_insert_state: bool },
    },
  },
});

/** An SD card: its registers, the command under way, and which parts are write-protected. */
export const sdCard = vmsd("sd-card", {
  versionId: 2,
  minimumVersionId: 2,
  types: ["emmc", "sd-card", "sd-card-spi", "sdmmc-common"],
  // Whether it is told that there is a card; newer builds send a zero in its place.
  properties: { migrate_enable: true },
  configured: { migrate_enable: [true, false] },
  fields: {
    mode: uint32,
    state: int32,
    cid: array(uint8, 16),
    csd: array(uint8, 16),
    rca: uint16,
    card_status: uint32,
    // One byte of 64, by mistake.
    sd_status: buffer(1),
    vhs: uint32,
    wp_group_bmap: bitmap((s) => writeProtectGroups(s.csd), { max: MOST_GROUPS }),
    blk_len: uint32,
    multi_blk_cnt: uint32,
    erase_start: uint32,
    erase_end: uint32,
    pwd: array(uint8, 16),
    pwd_len: uint32,
    function_group: array(uint8, 6),
    current_cmd: uint8,
    expecting_acmd: bool,
    blk_written: uint32,
    data_start: uint64,
    data_offset: uint32,
    data: array(uint8, 512),
    unused: unused(512),
    enable: bool,
    enable_unused: named("unused", unused(1)),
  },
  exists: { enable: (_s, m) => m.migrate_enable, enable_unused: (_s, m) => !m.migrate_enable },
  absent: { enable: true },
  formerly: { wp_group_bmap: "wp_groups" },
  subsections: {
    // A card that is powered up has nothing more to say in it.
    "sd-card/ocr-state": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s) => (s.ocr & POWERED_UP) === 0,
      absent: { ocr: 0x80ffff00, ocr_power_timer: -1n },
      fields: { ocr: uint32, ocr_power_timer: timer },
    },
  },
});

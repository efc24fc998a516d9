import { array, bool, buffer, capabilityAt, int64, sent, since, struct, timer, uint32, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** Four streams in and four out. */
const CONTROLLER_STREAMS = 8;
const CODEC_STREAMS = 4;

/** A stream of the controller: its buffer in guest memory, and where it is. */
export const intelHdaStream = vmsd("intel-hda-stream", {
  versionId: 1,
  minimumVersionId: 0,
  fields: { ctl: uint32, lpib: uint32, cbl: uint32, lvi: uint32, fmt: uint32, bdlp_lbase: uint32, bdlp_ubase: uint32 },
});

const MSI = 5;
const MSI_AT = { old: 0x50, now: 0x60 } as const;
/** Device id of the ICH6's controller, little-endian at offset 2; the ICH9's never had the capability elsewhere. */
const ICH6 = 0x2668;

const hasOldMsi = (config: Uint8Array, oldMsiAddr: boolean): boolean => oldMsiAddr && (config[2] | (config[3] << 8)) === ICH6;

/** Intel's High Definition Audio controller. Commands to codecs and their answers are in guest memory. */
export const intelHda = vmsd("intel-hda", {
  versionId: 1,
  minimumVersionId: 0,
  types: ["ich9-intel-hda", "intel-hda", "intel-hda-generic"],
  behindPath: true,
  properties: { old_msi_addr: false },
  // Without MSI, which a user may turn off, there is no such capability.
  validate: {
    pci: (s, m) =>
      capabilityAt(s.pci.config, MSI) === 0 ||
      capabilityAt(s.pci.config, MSI) === (hasOldMsi(s.pci.config, m.old_msi_addr) ? MSI_AT.old : MSI_AT.now),
  },
  fields: {
    pci: struct(pciDevice),
    g_ctl: uint32,
    wake_en: uint32,
    state_sts: uint32,
    int_ctl: uint32,
    int_sts: uint32,
    wall_clk: uint32,
    corb_lbase: uint32,
    corb_ubase: uint32,
    corb_rp: uint32,
    corb_wp: uint32,
    corb_ctl: uint32,
    corb_sts: uint32,
    corb_size: uint32,
    rirb_lbase: uint32,
    rirb_ubase: uint32,
    rirb_wp: uint32,
    rirb_cnt: uint32,
    rirb_ctl: uint32,
    rirb_sts: uint32,
    rirb_size: uint32,
    dp_lbase: uint32,
    dp_ubase: uint32,
    icw: uint32,
    irr: uint32,
    ics: uint32,
    st: array(struct(intelHdaStream), CONTROLLER_STREAMS),
    rirb_count: uint32,
    wall_base_ns: int64,
  },
});

/** A stream of the codec. The small buffer is that of builds which wait for the host's sound; the large one lies between it and a timer. */
export const hdaAudioStream = vmsd("hda-audio-stream", {
  versionId: 1,
  minimumVersionId: 0,
  properties: { use_timer: true },
  fields: {
    stream: uint32,
    channel: uint32,
    format: uint32,
    gain_left: uint32,
    gain_right: uint32,
    mute_left: bool,
    mute_right: bool,
    compat_bpos: uint32,
    compat_buf: buffer(256),
    has_buffer: sent("hda-audio-stream/buffer"),
  },
  subsections: {
    // Of a stream that the codec model has, if the codec uses a timer; neither is on the wire.
    "hda-audio-stream/buffer": {
      versionId: 1,
      minimumVersionId: 0,
      needed: (s, m) => m.use_timer && s.has_buffer,
      absent: { buft: -1n },
      fields: { buf: buffer(8192), rpos: int64, wpos: int64, buft: timer, buft_start: int64 },
    },
  },
});

/** The codec on the HDA bus, whatever it has of line out, line in and a microphone. */
export const hdaAudio = vmsd("hda-audio", {
  versionId: 2,
  minimumVersionId: 0,
  types: ["hda-audio", "hda-duplex", "hda-micro", "hda-output"],
  fields: {
    st: array(struct(hdaAudioStream), CODEC_STREAMS),
    // By stream number; the old field does not tell a stream in from a stream out.
    running_compat: array(bool, 16),
    running_real: since(2, array(bool, 32)),
  },
});

import {
  array,
  buffer,
  int16,
  int32,
  marker,
  qtailq,
  since,
  struct,
  uint8,
  uint16,
  uint32,
  varBuffer,
  vmsd,
} from "../../compiler/schema/index.ts";

/** Rules of guestfwd come from the command line, which has no limit of its own. */
const MOST_FORWARDS = 256;
/** The stack reserves 131400 bytes each way. */
const MOST_BUFFERED = 1 << 20;
const CLIENTS = 16;
const TIMERS = 4;
const IPV4 = 2;

export const slirpAddress = vmsd("slirp-socket-addr", {
  versionId: 4,
  minimumVersionId: 0,
  fields: {
    // 2 is IPv4, 10 (and 23 and 28) IPv6, whose address does not move, 0xffff any other.
    family: uint16,
    // Both in the order of the network, taken for integers of a little-endian host.
    addr: uint32,
    port: uint16,
  },
  exists: { addr: (s) => s.family === IPV4, port: (s) => s.family === IPV4 },
});

/** Bytes that wait in one direction, as a ring with two offsets. The whole ring is sent, with what is stale in it. */
export const slirpBuffer = vmsd("slirp-sbuf", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    sb_cc: uint32,
    sb_datalen: uint32,
    woff: uint32,
    roff: uint32,
    data: varBuffer("sb_datalen", { max: MOST_BUFFERED }),
  },
  validate: { woff: (s) => s.woff < s.sb_datalen, roff: (s) => s.roff < s.sb_datalen },
});

export const slirpTcp = vmsd("slirp-tcp", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    t_state: int16,
    t_timer: array(int16, TIMERS),
    t_rxtshift: int16,
    t_rxtcur: int16,
    t_dupacks: int16,
    t_maxseg: uint16,
    t_force: uint8,
    t_flags: uint16,
    snd_una: uint32,
    snd_nxt: uint32,
    snd_up: uint32,
    snd_wl1: uint32,
    snd_wl2: uint32,
    iss: uint32,
    snd_wnd: uint32,
    rcv_wnd: uint32,
    rcv_nxt: uint32,
    rcv_up: uint32,
    irs: uint32,
    rcv_adv: uint32,
    snd_max: uint32,
    snd_cwnd: uint32,
    snd_ssthresh: uint32,
    t_idle: int16,
    t_rtt: int16,
    t_rtseq: uint32,
    t_srtt: int16,
    t_rttvar: int16,
    t_rttmin: uint16,
    max_sndwnd: uint32,
    t_oobflags: uint8,
    t_iobc: uint8,
    t_softerror: int16,
    snd_scale: uint8,
    rcv_scale: uint8,
    request_r_scale: uint8,
    requested_s_scale: uint8,
    ts_recent: uint32,
    ts_recent_age: uint32,
    last_ack_sent: uint32,
  },
});

/** A connection to a guestfwd rule. It is read at the version of the section, so that is handed in. */
export const slirpSocket = vmsd("slirp-socket", {
  versionId: 4,
  minimumVersionId: 0,
  properties: { section_version: 4 },
  fields: {
    // 42 is written; a load takes any but 0.
    mark: marker,
    so_urgc: uint32,
    so_faddr: uint32,
    so_laddr: uint32,
    so_fport: uint16,
    so_lport: uint16,
    fhost: struct(slirpAddress),
    lhost: struct(slirpAddress),
    so_iptos: uint8,
    so_emu: uint8,
    so_type: uint8,
    so_state: int32,
    so_rcv: struct(slirpBuffer),
    so_snd: struct(slirpBuffer),
    so_tcpcb: struct(slirpTcp),
  },
  exists: {
    so_faddr: (_s, m) => m.section_version < 4,
    so_laddr: (_s, m) => m.section_version < 4,
    so_fport: (_s, m) => m.section_version < 4,
    so_lport: (_s, m) => m.section_version < 4,
    fhost: (_s, m) => m.section_version >= 4,
    lhost: (_s, m) => m.section_version >= 4,
  },
});

export const slirpBootpClient = vmsd("slirp_bootpclient", {
  versionId: 0,
  minimumVersionId: 0,
  fields: { allocated: uint16, macaddr: buffer(6) },
});

/** User networking, one section for each stack. Only connections to guestfwd rules move; the others are dropped. */
export const slirp = vmsd("slirp", {
  versionId: 4,
  minimumVersionId: 1,
  fields: {
    guestfwd: qtailq(slirpSocket, { max: MOST_FORWARDS, with: { section_version: (_s, _m, versionId) => versionId } }),
    ip_id: since(2, uint16),
    bootp_clients: since(3, array(struct(slirpBootpClient), CLIENTS)),
  },
});

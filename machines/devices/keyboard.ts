import { bool, buffer, int32, sent, since, struct, uint8, uint32, vmsd } from "../../compiler/schema/index.ts";

/** Bytes that a keyboard or mouse has for its controller, as a ring. Older builds move them to its front to save them. */
export const ps2Common = vmsd("PS2 Common State", {
  versionId: 3,
  minimumVersionId: 2,
  fields: {
    // The command whose argument is to come; -1 for none.
    write_cmd: int32,
    "queue.rptr": int32,
    "queue.wptr": int32,
    "queue.count": int32,
    "queue.data": buffer(256),
  },
});

/** The PS/2 keyboard. */
export const ps2Keyboard = vmsd("ps2kbd", {
  versionId: 3,
  minimumVersionId: 2,
  types: ["ps2-kbd"],
  fields: { parent_obj: struct(ps2Common), scan_enabled: int32, translate: int32, scancode_set: since(3, int32) },
  absent: { scancode_set: 2 },
  formerly: { parent_obj: "common" },
  subsections: {
    "ps2kbd/ledstate": {
      versionId: 3,
      minimumVersionId: 2,
      fields: { ledstate: int32 },
      needed: (s) => s.ledstate !== 0,
    },
    "ps2kbd/need_high_bit": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { need_high_bit: bool },
      needed: (s) => s.need_high_bit,
    },
    // Where in the queue the reply to a command ends, -1 for none. Older builds refuse it, whatever the machine type.
    "ps2kbd/command_reply_queue": {
      versionId: 0,
      minimumVersionId: 0,
      fields: { "parent_obj.queue.cwptr": int32 },
      needed: (s) => s["parent_obj.queue.cwptr"] !== -1,
      absent: { "parent_obj.queue.cwptr": -1 },
    },
  },
});

/** The PS/2 mouse. */
export const ps2Mouse = vmsd("ps2mouse", {
  versionId: 2,
  minimumVersionId: 2,
  types: ["ps2-mouse"],
  fields: {
    parent_obj: struct(ps2Common),
    mouse_status: uint8,
    mouse_resolution: uint8,
    mouse_sample_rate: uint8,
    mouse_wrap: uint8,
    mouse_type: uint8,
    mouse_detect_state: uint8,
    mouse_dx: int32,
    mouse_dy: int32,
    mouse_dz: int32,
    mouse_buttons: uint8,
  },
  formerly: { parent_obj: "common" },
});

export const keyboardController = vmsd("pckbd", {
  versionId: 3,
  minimumVersionId: 3,
  properties: { extended_state: false },
  fields: {
    write_cmd: uint8,
    status: uint8,
    mode: uint8,
    // Devices with data: 1 is the keyboard, 2 the mouse.
    pending_tmp: uint8,
    has_outport: sent("pckbd_outport"),
  },
  formerly: { pending_tmp: "pending" },
  subsections: {
    // Left out where the port is what `status` implies, which is 0xcf and two more bits. The name lacks the slash that others have.
    pckbd_outport: {
      versionId: 1,
      minimumVersionId: 1,
      fields: { outport: uint8 },
    },
    "pckbd/extended_state": {
      versionId: 0,
      minimumVersionId: 0,
      fields: { migration_flags: uint32, obsrc: uint32, obdata: uint8, cbdata: uint8 },
      needed: (_s, m) => m.extended_state,
    },
  },
});

/** The keyboard controller on the ISA bus. */
export const i8042 = vmsd("pckbd", {
  versionId: 3,
  minimumVersionId: 3,
  types: ["i8042"],
  fields: { kbd: struct(keyboardController) },
});

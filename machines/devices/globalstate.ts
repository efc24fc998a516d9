import { buffer, named, uint8, uint32, vmsd } from "../../compiler/schema/index.ts";

/** Lengths with the closing zero, and first letters, of "running" and "paused": no other run state has these. */
const RUNNING = { size: 8, letter: 0x72 } as const;
const PAUSED = { size: 7, letter: 0x70 } as const;

/**
 * The run state before the VM was stopped to be moved, as its name and zeros. Some builds keep a part of the zeros for what became of a
 * suspended guest; all layouts have the same length.
 */
export const globalState = vmsd("globalstate", {
  versionId: 1,
  minimumVersionId: 1,
  properties: { store_global_state: true, tells_suspended: false },
  configured: { tells_suspended: [false, true] },
  fields: {
    size: uint32,
    runstate: buffer(100),
    short_runstate: named("runstate", buffer(32)),
    has_vm_was_suspended: uint8,
    vm_was_suspended: uint8,
    unused: buffer(66),
  },
  exists: {
    runstate: (_s, m) => !m.tells_suspended,
    short_runstate: (_s, m) => m.tells_suspended,
    has_vm_was_suspended: (_s, m) => m.tells_suspended,
    vm_was_suspended: (_s, m) => m.tells_suspended,
    unused: (_s, m) => m.tells_suspended,
  },
  // Where it is not always sent, a destination goes on as the two usual states say.
  needed: (s, m) =>
    m.store_global_state ||
    !((s.size === RUNNING.size && s.runstate[0] === RUNNING.letter) || (s.size === PAUSED.size && s.runstate[0] === PAUSED.letter)),
});

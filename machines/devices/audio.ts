import { vmsd } from "../../compiler/schema/index.ts";

/** The mixer of the host's side: it has no state, but QEMU before 6.0 sends its empty section when there is a sound card. */
export const audio = vmsd("audio", { versionId: 1, minimumVersionId: 1, fields: {} });

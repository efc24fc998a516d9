import { array, buffer, int32, uint32, vmsd } from "../../compiler/schema/index.ts";

/** Crystal's CS4231A sound chip. */
export const cs4231a = vmsd("cs4231a", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["cs4231a"],
  fields: {
    regs: array(uint32, 16),
    dregs: buffer(32),
    dma_running: int32,
    audio_free: int32,
    transferred: int32,
    aci_counter: int32,
  },
});

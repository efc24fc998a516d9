import { array, int32, struct, uint8, uint16, vmsd } from "../../compiler/schema/index.ts";

/** A channel; `now` and `base` are address and count. */
export const dmaChannel = vmsd("dma_regs", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    now: array(int32, 2),
    base: array(uint16, 2),
    mode: uint8,
    page: uint8,
    pageh: uint8,
    dack: uint8,
    eop: uint8,
  },
});

/** One of the two DMA controllers: instance 0 moves bytes, instance 1 words, as `dshift` says. */
export const i8257 = vmsd("dma", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["i8257"],
  fields: { command: uint8, mask: uint8, flip_flop: uint8, dshift: int32, regs: array(struct(dmaChannel), 4) },
});

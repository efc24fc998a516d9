import { custom, struct, vmsd } from "../../compiler/schema/index.ts";
import { virtioHead, virtioTail } from "./virtio.ts";

/** The source of random numbers has nothing of its own. */
export const virtioRngOverPci = vmsd("virtio-rng over PCI", {
  versionId: 0,
  minimumVersionId: 0,
  fields: { head: struct(virtioHead), tail: struct(virtioTail) },
});

/** A virtio source of random numbers. */
export const virtioRng = vmsd("virtio-rng", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["virtio-rng-device"],
  behindPath: true,
  fields: { virtio: custom("virtio", struct(virtioRngOverPci)) },
});

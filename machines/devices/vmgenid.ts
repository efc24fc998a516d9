import { array, uint8, uint64, vmsd } from "../../compiler/schema/index.ts";

/** The identity that changes when a guest is cloned: where in guest memory the firmware put it, little-endian. */
export const vmgenid = vmsd("vmgenid", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["vmgenid"],
  fields: { vmgenid_addr_le: array(uint8, 8) },
});

/** The page that tells a guest how far off its clock may be, after a migration above all: where it is. */
export const vmclock = vmsd("vmclock", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["vmclock"],
  fields: { physaddr: uint64 },
});

import { bool, uint8, vmsd } from "../../compiler/schema/index.ts";

/** The monitor's EDID, as a guest reads it through a card's DDC wires: which byte is next. */
export const i2cDdc = vmsd("i2c-ddc", {
  versionId: 1,
  minimumVersionId: 0,
  types: ["i2c-ddc"],
  fields: { firstbyte: bool, reg: uint8 },
});

import { array, bool, int32, struct, uint8, vmsd } from "../../compiler/schema/index.ts";

const EEPROM_BYTES = 256;
const IDLE = 0;

/** A bus of the SMBus controller: the address of the target in transfer, 0xff for none, 0 for all. */
export const i2cBus = vmsd("i2c_bus", { versionId: 1, minimumVersionId: 1, fields: { saved_address: uint8 } });

export const i2cSlave = vmsd("I2CSlave", { versionId: 1, minimumVersionId: 1, fields: { address: uint8 } });

export const smbusDevice = vmsd("smbus-device", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { i2c: struct(i2cSlave), mode: int32, data_len: int32, data_buf: array(uint8, 34) },
});

/** One of the EEPROMs that describe memory modules; machine types from 3.1 on send those that were accessed, or are in a transfer. */
export const smbusEeprom = vmsd("smbus-eeprom", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["smbus-eeprom"],
  properties: { smb_migrate: false },
  fields: { smbusdev: struct(smbusDevice), data: array(uint8, EEPROM_BYTES), offset: uint8, accessed: bool },
  needed: (s, m) => m.smb_migrate && (s.accessed || s.smbusdev.mode !== IDLE),
});

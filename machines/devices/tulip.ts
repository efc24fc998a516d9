import { array, buffer, struct, uint8, uint16, uint32, uint64, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** DEC's 21143 network card. Its EEPROM is a section of its own. */
export const tulip = vmsd("tulip", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["tulip"],
  behindPath: true,
  fields: {
    dev: struct(pciDevice),
    csr: array(uint32, 16),
    old_csr9: uint32,
    mii_word: uint32,
    mii_bitcnt: uint32,
    current_rx_desc: uint64,
    current_tx_desc: uint64,
    rx_frame: buffer(2048),
    tx_frame: buffer(2048),
    rx_frame_len: uint16,
    tx_frame_len: uint16,
    rx_frame_size: uint16,
    rx_status: uint32,
    filter: array(uint8, 96),
  },
});

import { array, bool, int64, named, since, struct, timer, uint32, uint64, varray, vmsd } from "../../compiler/schema/index.ts";
import { msix, msixVectors, pciDevice } from "./pci.ts";

/** Device slots and interrupters: properties of the controller, but copied before a user's value is set. */
const SLOTS = 64;
const INTERRUPTERS = 16;
/** Of USB 2 and of USB 3, 15 of each. */
const MOST_PORTS = 30;

/** With MSI-X there is a vector for each interrupter. */
const interrupters = (config: Uint8Array): number => (msixVectors(config) === 0 ? INTERRUPTERS : msixVectors(config));

/** Where the controller reads a ring of commands or transfers in guest memory. */
export const xhciRing = vmsd("xhci-ring", {
  versionId: 1,
  minimumVersionId: 0,
  fields: { dequeue: uint64, ccs: bool },
});

/** A root port, of USB 2 or of USB 3. */
export const xhciPort = vmsd("xhci-port", {
  versionId: 1,
  minimumVersionId: 0,
  fields: { portsc: uint32 },
});

/** A device slot; its contexts and endpoints are in guest memory, from where a load takes them. */
export const xhciSlot = vmsd("xhci-slot", {
  versionId: 1,
  minimumVersionId: 0,
  fields: { enabled: bool, addressed: bool },
});

/** An interrupter and its event ring. The events once held back when the ring was full are in no build's stream any more. */
export const xhciInterrupter = vmsd("xhci-intr", {
  versionId: 1,
  minimumVersionId: 0,
  fields: {
    iman: uint32,
    imod: uint32,
    erstsz: uint32,
    erstba_low: uint32,
    erstba_high: uint32,
    erdp_low: uint32,
    erdp_high: uint32,
    msix_used: bool,
    er_pcs: bool,
    er_start: uint64,
    er_size: uint32,
    er_ep_idx: uint32,
    er_full_unused: bool,
  },
});

/** An xHCI controller apart from the bus that it sits on. */
export const xhciCore = vmsd("xhci-core", {
  versionId: 1,
  minimumVersionId: 0,
  properties: { xhci_ports: 8, xhci_intrs: INTERRUPTERS },
  configured: { xhci_ports: { from: 1, to: MOST_PORTS } },
  fields: {
    ports: since(
      1,
      varray(struct(xhciPort), (_s, m) => m.xhci_ports, { max: MOST_PORTS }),
    ),
    slots: since(1, array(struct(xhciSlot), SLOTS)),
    intr: since(
      1,
      varray(struct(xhciInterrupter), (_s, m) => m.xhci_intrs, { max: INTERRUPTERS }),
    ),
    usbcmd: uint32,
    usbsts: uint32,
    dnctrl: uint32,
    crcr_low: uint32,
    crcr_high: uint32,
    dcbaap_low: uint32,
    dcbaap_high: uint32,
    config: uint32,
    mfindex_start: int64,
    mfwrap_timer: timer,
    cmd_ring: since(1, struct(xhciRing)),
  },
});

/** A USB 3 controller: an express function even on a conventional bus. */
export const xhci = vmsd("xhci", {
  versionId: 1,
  minimumVersionId: 0,
  types: ["nec-usb-xhci", "pci-xhci", "qemu-xhci"],
  behindPath: true,
  fields: {
    parent_obj: struct(pciDevice, { with: { express: () => true } }),
    msix: named("parent_obj", struct(msix, { with: { vectors: (s) => msixVectors(s.parent_obj.express_config) } })),
    xhci: since(1, struct(xhciCore, { with: { xhci_intrs: (s) => interrupters(s.parent_obj.express_config) } })),
  },
});

import { custom, struct, uint8, uint16, uint32, uint64, varray, vmsd } from "../../compiler/schema/index.ts";
import { virtioHead, virtioTail } from "./virtio.ts";
import { virtqueueElement } from "./virtqueue-element.ts";

/** Each port has two queues, of which a device has 1024 at most, and two are for control. */
const MOST_PORTS = 511;
const MOST_WORDS = 16;

/** A port, and what it has not yet taken from an element that it popped. */
export const virtioSerialPort = vmsd("virtio-serial port", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    id: uint32,
    guest_connected: uint8,
    host_connected: uint8,
    elem_popped: uint32,
    iov_idx: uint32,
    iov_offset: uint64,
    elem: struct(virtqueueElement),
  },
  exists: {
    iov_idx: (s) => s.elem_popped !== 0,
    iov_offset: (s) => s.elem_popped !== 0,
    elem: (s) => s.elem_popped !== 0,
  },
});

/** The bus of ports. */
export const virtioSerialBus = vmsd("virtio-serial bus", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    // These three are also in the device's configuration space, and a reader does not look at them.
    cols: uint16,
    rows: uint16,
    max_nr_ports: uint32,
    // A bit for each port that there is; a reader that has other ports refuses it.
    ports_map: varray(uint32, (s) => Math.ceil(s.max_nr_ports / 32), { max: MOST_WORDS }),
    nr_active_ports: uint32,
    ports: varray(struct(virtioSerialPort), "nr_active_ports", { max: MOST_PORTS }),
  },
});

/** The bus with what is around it. */
export const virtioSerialOverPci = vmsd("virtio-serial over PCI", {
  versionId: 0,
  minimumVersionId: 0,
  fields: { head: struct(virtioHead), device: struct(virtioSerialBus), tail: struct(virtioTail) },
});

/** Serial ports and consoles over virtio. */
export const virtioSerial = vmsd("virtio-console", {
  versionId: 3,
  minimumVersionId: 3,
  types: ["virtio-serial-device"],
  behindPath: true,
  fields: { virtio: custom("virtio", struct(virtioSerialOverPci)) },
});

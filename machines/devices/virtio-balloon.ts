import { custom, struct, uint32, vmsd } from "../../compiler/schema/index.ts";
import { virtioHead, virtioTail } from "./virtio.ts";

const FREE_PAGE_HINT = 1 << 3;
const PAGE_POISON = 1 << 4;

/** The balloon's own part; a property tells of each feature whether the guest agreed to it. */
export const virtioBalloonDevice = vmsd("virtio-balloon-device", {
  versionId: 1,
  minimumVersionId: 1,
  properties: { free_page_hint: false, page_poison: false },
  fields: { num_pages: uint32, actual: uint32 },
  subsections: {
    "virtio-balloon-device/free-page-report": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (_s, m) => m.free_page_hint,
      fields: { free_page_hint_cmd_id: uint32, free_page_hint_status: uint32 },
    },
    // QEMU 5.2 misspells the name, and refuses what it wrote; the machine types here do not have the feature.
    "virtio-balloon-device/page-poison": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (_s, m) => m.page_poison,
      fields: { poison_val: uint32 },
    },
  },
});

/** The balloon with what is around it. */
export const virtioBalloonOverPci = vmsd("virtio-balloon over PCI", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    head: struct(virtioHead),
    device: struct(virtioBalloonDevice, {
      with: {
        free_page_hint: (s) => (s.head.guest_features_lo & FREE_PAGE_HINT) !== 0,
        page_poison: (s) => (s.head.guest_features_lo & PAGE_POISON) !== 0,
      },
    }),
    tail: struct(virtioTail),
  },
});

/** A virtio memory balloon. */
export const virtioBalloon = vmsd("virtio-balloon", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["virtio-balloon-device"],
  behindPath: true,
  fields: { virtio: custom("virtio", struct(virtioBalloonOverPci)) },
});

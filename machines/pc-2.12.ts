import { machine } from "../compiler/schema/index.ts";
import { ac97 } from "./devices/ac97.ts";
import { acpiBuild } from "./devices/acpi-build.ts";
import { acpiErst } from "./devices/acpi-erst.ts";
import { ich9Ahci } from "./devices/ahci.ts";
import { am53c974 } from "./devices/am53c974.ts";
import { apic } from "./devices/apic.ts";
import { audio } from "./devices/audio.ts";
import { bochsDisplay } from "./devices/bochs-display.ts";
import { ctucanPci, kvaserPci, mioe3680Pci, pcm3680iPci } from "./devices/can.ts";
import { cirrusVgaIsa, cirrusVgaPci } from "./devices/cirrus-vga.ts";
import { cpu } from "./devices/cpu.ts";
import { cpuCommon } from "./devices/cpu-common.ts";
import { cs4231a } from "./devices/cs4231a.ts";
import { i8257 } from "./devices/dma.ts";
import { e1000 } from "./devices/e1000.ts";
import { e1000e } from "./devices/e1000e.ts";
import { eepro100, eeprom93xx } from "./devices/eepro100.ts";
import { ehci } from "./devices/ehci.ts";
import { es1370 } from "./devices/es1370.ts";
import { isaFdc } from "./devices/fdc.ts";
import { fwCfg } from "./devices/fw-cfg.ts";
import { globalState } from "./devices/globalstate.ts";
import { gus } from "./devices/gus.ts";
import { hpet } from "./devices/hpet.ts";
import { i2cDdc } from "./devices/i2c-ddc.ts";
import { i440fx } from "./devices/i440fx.ts";
import { i8254 } from "./devices/i8254.ts";
import { i8259 } from "./devices/i8259.ts";
import { ide } from "./devices/ide.ts";
import { igb } from "./devices/igb.ts";
import { ipoctal232, tpci200 } from "./devices/industry-pack.ts";
import { hdaAudio, intelHda } from "./devices/intel-hda.ts";
import { ioapic } from "./devices/ioapic.ts";
import { ipmiBmcSim, isaIpmiKcs } from "./devices/ipmi.ts";
import { isaIpmiBt, pciIpmiBt, pciIpmiKcs, smbusIpmi } from "./devices/ipmi-interfaces.ts";
import { isaIde } from "./devices/isa-ide.ts";
import { ivshmemDoorbell, ivshmemPlain } from "./devices/ivshmem.ts";
import { i8042, ps2Keyboard, ps2Mouse } from "./devices/keyboard.ts";
import { kvmclock } from "./devices/kvmclock.ts";
import { kvmvapic } from "./devices/kvmvapic.ts";
import { lsi53c895a } from "./devices/lsi53c895a.ts";
import { mc146818rtc } from "./devices/mc146818rtc.ts";
import { megasas, megasasGen2 } from "./devices/megasas.ts";
import { mptsas } from "./devices/mptsas.ts";
import { ne2000Isa, ne2000Pci } from "./devices/ne2000.ts";
import { ohci } from "./devices/ohci.ts";
import { isaParallel } from "./devices/parallel.ts";
import { ioh3420, pciBridge } from "./devices/pci-bridge.ts";
import { pciBus } from "./devices/pci-bus.ts";
import { pciSerialMulti } from "./devices/pci-serial-multi.ts";
import { i82801b11Bridge, pciePciBridge, pcieRootPort, xio3130Downstream, xio3130Upstream } from "./devices/pcie-ports.ts";
import { pcnet } from "./devices/pcnet.ts";
import { pcspk } from "./devices/pcspk.ts";
import { pflashCfi01 } from "./devices/pflash.ts";
import { piix3 } from "./devices/piix3.ts";
import { piix4Pm } from "./devices/piix4-pm.ts";
import { port92 } from "./devices/port92.ts";
import { pvpanicPci } from "./devices/pvpanic.ts";
import { pvscsi } from "./devices/pvscsi.ts";
import { qxl } from "./devices/qxl.ts";
import { ramfb } from "./devices/ramfb.ts";
import { rtl8139 } from "./devices/rtl8139.ts";
import { sb16 } from "./devices/sb16.ts";
import { scsiDisk } from "./devices/scsi-disk.ts";
import { sdCard, sdhci } from "./devices/sdhci.ts";
import { isaSerial, pciSerial } from "./devices/serial.ts";
import { slirp } from "./devices/slirp.ts";
import { i2cBus } from "./devices/smbus.ts";
import { clocks } from "./devices/timer.ts";
import { tulip } from "./devices/tulip.ts";
import { uhci } from "./devices/uhci.ts";
import { ccidCardPassthru, usbCcid } from "./devices/usb-ccid.ts";
import { usbKeyboard, usbPointer } from "./devices/usb-hid.ts";
import { usbHost } from "./devices/usb-host.ts";
import { usbHub } from "./devices/usb-hub.ts";
import { usbStorage } from "./devices/usb-storage.ts";
import { vgaIsa, vgaPci, virtioVga } from "./devices/vga.ts";
import { virtio9p } from "./devices/virtio-9p.ts";
import { virtioBalloon } from "./devices/virtio-balloon.ts";
import { virtioBlk } from "./devices/virtio-blk.ts";
import { virtioInput } from "./devices/virtio-input.ts";
import { virtioNet } from "./devices/virtio-net.ts";
import { virtioRng } from "./devices/virtio-rng.ts";
import { virtioScsi } from "./devices/virtio-scsi.ts";
import { virtioSerial } from "./devices/virtio-serial.ts";
import { vmcoreinfo } from "./devices/vmcoreinfo.ts";
import { vmclock, vmgenid } from "./devices/vmgenid.ts";
import { vmmouse } from "./devices/vmmouse.ts";
import { vmwareVga } from "./devices/vmware-vga.ts";
import { vmxnet3 } from "./devices/vmxnet3.ts";
import { i6300esb, ib700 } from "./devices/watchdogs.ts";
import { xhci } from "./devices/xhci.ts";

/** The i440fx PC: its board in the order in which it is written, and what people put into it. */
export const pc212 = machine("pc-i440fx-2.12", {
  aliases: ["pc-2.12"],
  properties: {
    // hw_compat_4_0, hw_compat_4_2
    "virtio-net": { use_started: false, use_disabled_flag: false },
    "virtio-blk": { use_started: false, use_disabled_flag: false },
    "virtio-scsi": { use_started: false, use_disabled_flag: false },
    "virtio-console": { use_started: false, use_disabled_flag: false },
    "virtio-balloon": { use_started: false, use_disabled_flag: false },
    "virtio-rng": { use_started: false, use_disabled_flag: false },
    "virtio-9p": { use_started: false, use_disabled_flag: false },
    "virtio-input": { use_started: false, use_disabled_flag: false },
    // hw_compat_2_12
    "hda-audio": { use_timer: false },
    // hw_compat_4_2
    fw_cfg: { acpi_mr_restore: false },
    // hw_compat_6_0
    pckbd: { extended_state: false },
    // hw_compat_6_2, and what the machine type of 3.1 brought
    piix4_pm: { acpi_index: false, smb_migrate: false },
    // hw_compat_7_2
    e1000e: { migrate_timadj: false },
  },
  profiles: {
    "5.2": { versions: { pciespscsi: 1, "timer/icount/shift": 1 }, order: ["PIIX3", "mc146818rtc", "dma"] },
    "7.2": { order: ["dma", "PIIX3", "mc146818rtc"] },
    "10.0": {
      order: ["dma", "mc146818rtc", "PIIX3"],
      properties: {
        globalstate: { tells_suspended: true },
        sb16: { migrate_resources: false },
        "sd-card": { migrate_enable: false },
        e1000e: { migrate_intr_pending: false },
      },
    },
  },
  sections: [
    clocks,
    cpuCommon,
    cpu,
    kvmvapic,
    apic,
    fwCfg,
    pciBus,
    i440fx,
    piix3,
    i8259,
    ioapic,
    hpet,
    mc146818rtc,
    i8254,
    pcspk,
    i8257,
    isaFdc,
    ps2Keyboard,
    ps2Mouse,
    i8042,
    vmmouse,
    port92,
    ide,
    i2cBus,
    piix4Pm,
    acpiBuild,
  ],
  devices: [
    // of the machine
    slirp,
    kvmclock,
    globalState,
    // bridges
    pciBridge,
    ioh3420,
    i82801b11Bridge,
    pciePciBridge,
    pcieRootPort,
    xio3130Upstream,
    xio3130Downstream,
    // network
    e1000,
    rtl8139,
    ne2000Pci,
    ne2000Isa,
    pcnet,
    eepro100,
    eeprom93xx,
    vmxnet3,
    e1000e,
    igb,
    tulip,
    // virtio
    virtioNet,
    virtioBlk,
    virtioScsi,
    virtioSerial,
    virtioBalloon,
    virtioRng,
    virtio9p,
    virtioInput,
    // disks
    ich9Ahci,
    scsiDisk,
    lsi53c895a,
    megasas,
    megasasGen2,
    pvscsi,
    am53c974,
    isaIde,
    mptsas,
    sdhci,
    sdCard,
    pflashCfi01,
    // lines
    isaSerial,
    pciSerial,
    isaParallel,
    pciSerialMulti,
    kvaserPci,
    mioe3680Pci,
    pcm3680iPci,
    ctucanPci,
    tpci200,
    ipoctal232,
    // USB
    uhci,
    ehci,
    xhci,
    usbHub,
    usbPointer,
    usbKeyboard,
    usbStorage,
    ohci,
    usbCcid,
    ccidCardPassthru,
    usbHost,
    // displays
    vgaPci,
    vgaIsa,
    cirrusVgaPci,
    cirrusVgaIsa,
    vmwareVga,
    virtioVga,
    bochsDisplay,
    qxl,
    i2cDdc,
    ramfb,
    // sound
    audio,
    intelHda,
    hdaAudio,
    ac97,
    es1370,
    sb16,
    gus,
    cs4231a,
    // watchdogs and management
    i6300esb,
    ib700,
    ipmiBmcSim,
    isaIpmiKcs,
    isaIpmiBt,
    pciIpmiBt,
    pciIpmiKcs,
    smbusIpmi,
    vmgenid,
    vmclock,
    vmcoreinfo,
    pvpanicPci,
    acpiErst,
    ivshmemPlain,
    ivshmemDoorbell,
  ],
});

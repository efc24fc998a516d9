import { machine } from "../compiler/schema/index.ts";
import { ac97 } from "./devices/ac97.ts";
import { acpiBuild } from "./devices/acpi-build.ts";
import { ich9Ahci } from "./devices/ahci.ts";
import { am53c974 } from "./devices/am53c974.ts";
import { apic } from "./devices/apic.ts";
import { audio } from "./devices/audio.ts";
import { cirrusVgaIsa, cirrusVgaPci } from "./devices/cirrus-vga.ts";
import { cpu } from "./devices/cpu.ts";
import { cpuCommon } from "./devices/cpu-common.ts";
import { i8257 } from "./devices/dma.ts";
import { e1000 } from "./devices/e1000.ts";
import { eepro100, eeprom93xx } from "./devices/eepro100.ts";
import { ehci } from "./devices/ehci.ts";
import { es1370 } from "./devices/es1370.ts";
import { isaFdc } from "./devices/fdc.ts";
import { fwCfg } from "./devices/fw-cfg.ts";
import { globalState } from "./devices/globalstate.ts";
import { hpet } from "./devices/hpet.ts";
import { i440fx } from "./devices/i440fx.ts";
import { i8254 } from "./devices/i8254.ts";
import { i8259 } from "./devices/i8259.ts";
import { ide } from "./devices/ide.ts";
import { hdaAudio, intelHda } from "./devices/intel-hda.ts";
import { ioapic } from "./devices/ioapic.ts";
import { ipmiBmcSim, isaIpmiKcs } from "./devices/ipmi.ts";
import { i8042, ps2Keyboard, ps2Mouse } from "./devices/keyboard.ts";
import { kvmclock } from "./devices/kvmclock.ts";
import { kvmvapic } from "./devices/kvmvapic.ts";
import { lsi53c895a } from "./devices/lsi53c895a.ts";
import { mc146818rtc } from "./devices/mc146818rtc.ts";
import { megasas, megasasGen2 } from "./devices/megasas.ts";
import { ne2000Isa, ne2000Pci } from "./devices/ne2000.ts";
import { isaParallel } from "./devices/parallel.ts";
import { ioh3420, pciBridge } from "./devices/pci-bridge.ts";
import { pciBus } from "./devices/pci-bus.ts";
import { pcnet } from "./devices/pcnet.ts";
import { pcspk } from "./devices/pcspk.ts";
import { piix3 } from "./devices/piix3.ts";
import { piix4Pm } from "./devices/piix4-pm.ts";
import { port92 } from "./devices/port92.ts";
import { pvscsi } from "./devices/pvscsi.ts";
import { rtl8139 } from "./devices/rtl8139.ts";
import { sb16 } from "./devices/sb16.ts";
import { scsiDisk } from "./devices/scsi-disk.ts";
import { isaSerial, pciSerial } from "./devices/serial.ts";
import { slirp } from "./devices/slirp.ts";
import { i2cBus } from "./devices/smbus.ts";
import { clocks } from "./devices/timer.ts";
import { uhci } from "./devices/uhci.ts";
import { usbKeyboard, usbPointer } from "./devices/usb-hid.ts";
import { usbHub } from "./devices/usb-hub.ts";
import { usbStorage } from "./devices/usb-storage.ts";
import { vgaIsa, vgaPci } from "./devices/vga.ts";
import { virtioBalloon } from "./devices/virtio-balloon.ts";
import { virtioBlk } from "./devices/virtio-blk.ts";
import { virtioNet } from "./devices/virtio-net.ts";
import { virtioRng } from "./devices/virtio-rng.ts";
import { virtioScsi } from "./devices/virtio-scsi.ts";
import { virtioSerial } from "./devices/virtio-serial.ts";
import { vmmouse } from "./devices/vmmouse.ts";
import { vmwareVga } from "./devices/vmware-vga.ts";
import { vmxnet3 } from "./devices/vmxnet3.ts";
import { i6300esb, ib700 } from "./devices/watchdogs.ts";
import { xhci } from "./devices/xhci.ts";

/** The i440fx PC: its board in the order in which it is written, and what people put into it. */
export const pc212 = machine("pc-i440fx-2.12", {
  aliases: ["pc-2.12"],
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
    // network
    e1000,
    rtl8139,
    ne2000Pci,
    ne2000Isa,
    pcnet,
    eepro100,
    eeprom93xx,
    vmxnet3,
    // virtio
    virtioNet,
    virtioBlk,
    virtioScsi,
    virtioSerial,
    virtioBalloon,
    virtioRng,
    // disks
    ich9Ahci,
    scsiDisk,
    lsi53c895a,
    megasas,
    megasasGen2,
    pvscsi,
    am53c974,
    // lines
    isaSerial,
    pciSerial,
    isaParallel,
    // USB
    uhci,
    ehci,
    xhci,
    usbHub,
    usbPointer,
    usbKeyboard,
    usbStorage,
    // displays
    vgaPci,
    vgaIsa,
    cirrusVgaPci,
    cirrusVgaIsa,
    vmwareVga,
    // sound
    audio,
    intelHda,
    hdaAudio,
    ac97,
    es1370,
    sb16,
    // watchdogs and management
    i6300esb,
    ib700,
    ipmiBmcSim,
    isaIpmiKcs,
  ],
});

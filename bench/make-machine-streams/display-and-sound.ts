import { driveOn } from "./drives.ts";
import type { Family, MachineCase } from "./machine-case.ts";

const DISPLAYS: readonly (readonly [model: string, family: Family])[] = [
  ["VGA", "vga"],
  ["secondary-vga", "vga"],
  ["isa-vga", "vga"],
  ["bochs-display", "vga"],
  ["ati-vga", "vga"],
  ["cirrus-vga", "cirrus"],
  ["isa-cirrus-vga", "cirrus"],
  ["vmware-svga", "vmware-svga"],
];

const SOUND: readonly (readonly [model: string, family: Family])[] = [
  ["AC97", "ac97"],
  ["ES1370", "es1370"],
  ["sb16", "sb16"],
  ["gus", "other-audio"],
  ["cs4231a", "other-audio"],
  ["adlib", "other-audio"],
];

const AUDIO = "-audiodev none,id=a0";

export const DISPLAY_AND_SOUND: readonly MachineCase[] = [
  ...DISPLAYS.flatMap(([model, family]): readonly MachineCase[] => {
    const args = `-device ${model} ${driveOn("ide", "disk0")}`;
    // Not every BIOS gets past a display of ISA.
    const ran: MachineCase["guest"] = model.startsWith("isa") ? "bios" : "boots";
    return [
      { name: model.toLowerCase(), family, what: "a display", args: `-device ${model}` },
      { name: `${model.toLowerCase()}-${ran}`, family, what: "a display that a BIOS has written on", args, guest: ran },
    ];
  }),
  { name: "vga-memory", family: "vga", what: "vgamem_mb=2", args: "-device VGA,vgamem_mb=2" },
  { name: "cirrus-memory", family: "cirrus", what: "vgamem_mb=8, blitter off", args: "-device cirrus-vga,vgamem_mb=8,blitter=off" },
  { name: "vga-two", family: "vga", what: "two displays", args: "-device VGA -device secondary-vga" },
  ...SOUND.map(
    ([model, family]): MachineCase => ({
      name: model.toLowerCase(),
      family,
      what: "a sound card",
      args: `${AUDIO} -device ${model},audiodev=a0`,
    }),
  ),
  { name: "hda", family: "hda", what: "a controller without a codec", args: "-device intel-hda" },
  ...["duplex", "output", "micro"].map(
    (codec): MachineCase => ({
      name: `hda-${codec}`,
      family: "hda",
      what: `hda-${codec}`,
      args: `${AUDIO} -device intel-hda -device hda-${codec},audiodev=a0`,
    }),
  ),
  {
    name: "hda-three",
    family: "hda",
    what: "three codecs on an ich9-intel-hda, without mixer",
    args: `${AUDIO} -device ich9-intel-hda ${["duplex", "output", "micro"].map((codec) => `-device hda-${codec},audiodev=a0,mixer=off`).join(" ")}`,
  },
  { name: "hda-no-msi", family: "hda", what: "msi=off", args: `${AUDIO} -device intel-hda,msi=off -device hda-duplex,audiodev=a0` },
  { name: "pc-speaker", family: "other-audio", what: "a speaker that sounds", args: `${AUDIO} -machine pcspk-audiodev=a0`, guest: "pokes" },
];

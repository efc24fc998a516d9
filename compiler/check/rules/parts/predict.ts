import { type Frame, rootOf } from "../../pair.ts";

/** The loader's own words, for matching a log (FORMAT.md, loader errors). A section's path on its bus is not in metadata: `…/`. */
export const predict = {
  sectionTooNew: (vmsd: string, sent: number, known: number): string => `savevm: unsupported version ${sent} for '…/${vmsd}' v${known}`,
  tooNew: (vmsd: string, sent: number, known: number): string =>
    `${vmsd}: incoming version_id ${sent} is too new for local version_id ${known}`,
  tooOld: (vmsd: string, sent: number, least: number): string =>
    `${vmsd}: incoming version_id ${sent} is too old for local minimum version_id  ${least}`,
  footer: (frame: Frame): string => `Missing section footer for …/${rootOf(frame).to.vmsd.name}`,
  unknownSubsection: (frame: Frame): string =>
    `error while loading state for instance 0x0 of device '…/${rootOf(frame).to.vmsd.name}'; load of migration failed: No such file or directory`,
  unknownSection: (vmsd: string): string => `Unknown savevm section or instance '…/${vmsd}' 0`,
};

import { readFileSync } from "node:fs";

/** Of this run of the host: where both sides have the same, their clocks are one. Empty where the system has none. */
export function bootOfHost(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  } catch {
    return "";
  }
}

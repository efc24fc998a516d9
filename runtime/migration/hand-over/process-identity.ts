import { readFileSync, readlinkSync } from "node:fs";

/** A process as no other ever is: a number alone is used again, and means another process in another container. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In clock ticks since the system started. */
  readonly start: string;
  readonly boot: string;
  /** Within which the number is counted. */
  readonly pids: string;
}

export type Liveness = "alive" | "dead" | "unknown";

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, start: startOf(process.pid)?.start ?? "", ...here() };
}

export function isThisProcess(identity: ProcessIdentity): boolean {
  const self = thisProcess();
  return self.pid === identity.pid && self.start === identity.start && self.boot === identity.boot && self.pids === identity.pids;
}

/** Whether that process still is. Nothing is known of another host's or container's, nor of one from before this host was started. */
export function livenessOf(identity: ProcessIdentity): Liveness {
  const { boot, pids } = here();
  if (boot === "" || pids === "" || identity.boot !== boot || identity.pids !== pids || identity.start === "") return "unknown";
  const found = startOf(identity.pid);
  if (found === undefined) return isThere(identity.pid) ? "unknown" : "dead";
  // A zombie has no memory any more.
  return found.start === identity.start && found.state !== "Z" && found.state !== "X" ? "alive" : "dead";
}

function here(): { boot: string; pids: string } {
  try {
    return { boot: readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim(), pids: readlinkSync("/proc/self/ns/pid") };
  } catch {
    return { boot: "", pids: "" };
  }
}

/** Other users' processes may be hidden in `/proc`, and be there. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** Of `/proc/PID/stat`: behind the name, which may hold anything, the third field and the twenty-second. */
function startOf(pid: number): { state: string; start: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, start] = [fields[0], fields[19]];
    return state === undefined || start === undefined ? undefined : { state, start };
  } catch {
    return undefined;
  }
}

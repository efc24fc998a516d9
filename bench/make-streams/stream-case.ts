import type { QemuProcess } from "../../runtime/qemu/qemu-process.ts";
import type { MigrationParameters } from "../../runtime/qemu/qmp-commands.ts";

/** The two ends of a migration with a destination, and what lies between them. */
export interface Ends {
  readonly source: QemuProcess;
  readonly destination: QemuProcess;
  /** Breaks all connections. */
  readonly cut: () => void;
  /** Where the source connects, and where the destination listens. */
  readonly sourceUri: string;
  readonly destinationUri: string;
}

/** One kind of stream. A build that lacks a capability or the machine type is passed over. */
export interface StreamCase {
  readonly name: string;
  /** What is in it that is not in every stream. */
  readonly what: string;
  /** Machine types; `newest` is the build's own. Defaults to pc-i440fx-2.12 alone. */
  readonly machines?: readonly string[];
  /** Machine options: `memory-backend=m0`. */
  readonly machineOptions?: string;
  /** Pages that the guest goes over a hundred times a second; 0 leaves it stopped at reset. Defaults to 8. */
  readonly pages?: number;
  readonly capabilities?: readonly string[];
  /** A capability that is not turned on: a build that lacks it is too old for the case. */
  readonly since?: string;
  readonly parameters?: MigrationParameters;
  /** More arguments for QEMU; `file` names a file in the folder of this run. */
  readonly args?: (file: (name: string) => string) => readonly string[];
  /**
   * Where it goes. `pipe`: through a pipe into a file. `file`: QEMU writes the file itself and may seek. `recorder`: connections that nobody
   * answers on. `destination`: a QEMU that loads it, with the connections recorded in between. `snapshot`: into a disk image (`savevm`).
   */
  readonly to: "pipe" | "file" | "recorder" | "destination" | "snapshot";
  /** Behind the name of the file, for `file`. */
  readonly fileOptions?: string;
  /** Done before the migration begins. */
  readonly before?: (source: QemuProcess) => Promise<void>;
  /** Done while it runs. */
  readonly during?: (source: QemuProcess) => Promise<void>;
  /** Done next, for `destination`. */
  readonly between?: (ends: Ends) => Promise<void>;
}

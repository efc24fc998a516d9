import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { InputError } from "../../compiler/describe/input-error.ts";
import type { Machine } from "../../runtime/codec/v1.ts";
import { CaptureError } from "../../runtime/guest/capture-error.ts";
import { type CapturedMachine, devicesOfStream } from "../../runtime/guest/devices-of-stream.ts";
import { UsageError } from "../command.ts";

/** The machine without a device that can be left away, as that build of QEMU saves it; its memory is all zero. */
export const BUILT_IN = { machine: "pc-i440fx-2.2", profile: "5.2" };

/** Beside the bundles, or beside this file. */
const PLACES = ["pc-i440fx-2.2.mig.gz", "../migrate/pc-i440fx-2.2.mig.gz"];

/** Most bytes of a captured stream once it is unpacked. */
const LARGEST = 1 << 30;

/** The devices and blocks of a stream, or of the one that comes along. Throws UsageError, and InputError for a stream that does not fit. */
export function capturedMachine(machine: Machine, path: string | undefined): CapturedMachine {
  if (path === undefined && machine.name !== BUILT_IN.machine)
    throw new UsageError(`--capture STREAM is missing: only of a ${BUILT_IN.machine} does one come along, not of a ${machine.name}.`);
  const file = path ?? (PLACES.map((place) => join(import.meta.dirname, place)).find((each) => existsSync(each)) as string);
  try {
    return devicesOfStream(machine, unpacked(file));
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    const where = error.path === "" ? "" : `${error.path}: `;
    throw new InputError(error.code.toUpperCase(), path ?? "the capture that comes along", `at ${error.at}: ${where}${error.message}`);
  }
}

function unpacked(path: string): Uint8Array {
  try {
    const bytes = readFileSync(path);
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(code ?? "UNREADABLE", path, code === "ENOENT" ? "No such file." : `It cannot be read: ${message}.`);
  }
}

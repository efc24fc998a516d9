import { basename, dirname, resolve } from "node:path";

export interface InputName {
  readonly build: string;
  readonly machine: string | undefined;
}

/**
 * Which build and machine type a file is of. `qemu-BUILD-MACHINE.json[.gz]` says both; the label inside the file tells where a BUILD
 * with hyphens ends. `BUILD-MACHINE.json` and `BUILD/MACHINE.json` are understood by that label; any other file's name is its build.
 */
export function nameInput(path: string, label: string | undefined, name?: string): InputName {
  const base = basename(path)
    .replace(/\.gz$/i, "")
    .replace(/\.json$/i, "");
  const fromPattern = byPattern(base, label);
  const machine = fromPattern?.machine ?? label;
  if (name !== undefined) return { build: name, machine };
  if (fromPattern !== undefined) return fromPattern;
  const folder = basename(dirname(resolve(path)));
  return { build: base === label && folder !== "" ? folder : base, machine };
}

function byPattern(base: string, label: string | undefined): InputName | undefined {
  const bare = base.replace(/^qemu-(?=.)/, "");
  if (label !== undefined && bare.endsWith(`-${label}`) && bare.length > label.length + 1) {
    return { build: bare.slice(0, -label.length - 1), machine: label };
  }
  const [, build, machine] = /^qemu-(\d[^-]*(?:-(?:rc|alpha|beta|pre)\d*)?)-(.+)$/.exec(base) ?? [];
  return build === undefined ? undefined : { build, machine };
}

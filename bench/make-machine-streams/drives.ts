/** A drive that a `-device` takes as `drive=NAME`; its file is made by what its name begins with. */
export function drive(name: string, options = ""): string {
  return `-drive if=none,id=${name},format=raw,file=@${name}${options}`;
}

/** A drive on one of the machine's own controllers. */
export function driveOn(bus: "ide" | "floppy", name: string, options = ""): string {
  return `-drive if=${bus},id=${name},format=raw,file=@${name}${options}`;
}

import { rule } from "../rule.ts";

export const machineNameDiffers = rule({
  id: "machine-name-differs",
  on: "metadata",
  level: "warning",
  summary: "the two files name different machine types",
  why: "A machine moves only between equal machine types. A dump's content does not depend on the one it names, so the comparison itself stands.",
  fix: "Dump both builds with the same -machine, the versioned name that the VM uses.",
  check: ({ from, to }) =>
    from.machine !== undefined && to.machine !== undefined && from.machine !== to.machine
      ? { message: `One file names '${from.machine}', the other '${to.machine}'.` }
      : undefined,
});

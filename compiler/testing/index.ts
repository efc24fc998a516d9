// What `import … from "vmstate/testing"` gives. Only what describes tests imports vitest.
export { describeMachines } from "./describe-machines.ts";
export { describePins } from "./describe-pins.ts";
export type { MatrixOptions } from "./matrix-options.ts";

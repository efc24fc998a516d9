// What `import … from "vmstate/testing"` gives. Only what describes tests imports vitest.
export { describeMachines } from "./describe-machines.ts";
export type { MatrixOptions } from "./matrix-options.ts";

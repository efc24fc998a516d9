export { type Bisection, bisectReset } from "./bisect.ts";
export { type Blame, type BlameCode, placeOf } from "./blame.ts";
export { forgetfulDevice } from "./forgetful-device.ts";
export type { FieldAt, LoopedGuest } from "./loop-devices.ts";
export { runStateLoop, type StateLoopOptions, type StateLoopReport } from "./state-loop.ts";
export { stepsOf } from "./steps.ts";

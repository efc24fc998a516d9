/** The seed of all that is random in a test. */
export const SEED = Number(process.env.VMSTATE_SEED ?? "1");

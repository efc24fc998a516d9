import { describeMachines, describePins } from "../compiler/testing/index.ts";

const MACHINES = ["pc-2.0", "pc-2.1", "pc-2.2"];
const STATES = Number(process.env.VMSTATE_STATES ?? "3");
const SEED = Number(process.env.VMSTATE_SEED ?? "1");

describeMachines(MACHINES, { gen: "machines/gen", previous: "machines/dumps", states: STATES, seed: SEED });
describePins(MACHINES);

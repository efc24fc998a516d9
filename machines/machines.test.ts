import { describeMachines, describePins } from "../compiler/testing/index.ts";

const MACHINES = ["pc-2.0", "pc-2.1", "pc-2.2"];

describeMachines(MACHINES, { gen: "machines/gen", previous: "machines/dumps" });
describePins(MACHINES);

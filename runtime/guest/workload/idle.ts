import type { Workload } from "./workload.ts";

export const idle: Workload<object> = { store: "page", order: undefined };

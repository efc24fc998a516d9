import { machine } from "../compiler/schema/index.ts";
import { i440fx } from "./devices/i440fx.ts";

export const pc212 = machine("pc-i440fx-2.12", { aliases: ["pc-2.12"], sections: [i440fx] });

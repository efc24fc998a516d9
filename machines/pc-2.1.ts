import { machine } from "../compiler/schema/index.ts";
import { pc22 } from "./pc-2.2.ts";

export const pc21 = machine("pc-i440fx-2.1", {
  inherits: pc22,
  aliases: ["pc-2.1"],
});

export type { Device } from "../guest/guest.ts";

// What holds devices by the codecs of machine types: one bundle with them, which the other commands do not load.
export { command as migrate } from "./commands/migrate.ts";
export { command as stateLoop } from "./commands/state-loop.ts";

import { launch } from "./launch.ts";

void launch(__dirname, ["check", ...process.argv.slice(2)]);

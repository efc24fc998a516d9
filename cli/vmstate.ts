import { launch } from "./launch.ts";

void launch(__dirname, process.argv.slice(2));

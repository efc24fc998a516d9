// Loaded before a program: at its end writes the most memory that it had at a time, in KiB, to the file that VMSTATE_MEMORY names.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const path = process.env.VMSTATE_MEMORY;
  if (path !== undefined) writeFileSync(path, String(process.resourceUsage().maxRSS));
});

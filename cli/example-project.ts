import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./run-cli.ts";

/** A copy of the example project with a package installed in it, this checkout where no other is said. Used by tests only. */
export function copyExampleProject(vmstate = ROOT): string {
  const folder = mkdtempSync(join(tmpdir(), "vmstate-example-"));
  cpSync(join(ROOT, "fixtures/example-project"), folder, { recursive: true });
  const packages = join(folder, "node_modules");
  mkdirSync(join(packages, ".bin"), { recursive: true });
  symlinkSync(vmstate, join(packages, "vmstate"));
  for (const name of readdirSync(join(ROOT, "node_modules")))
    if (name === "typescript" || name === "@typescript" || name === "vitest")
      symlinkSync(join(ROOT, "node_modules", name), join(packages, name));
  symlinkSync("../vmstate/dist/vmstate.cjs", join(packages, ".bin/vmstate"));
  symlinkSync("../typescript/bin/tsc", join(packages, ".bin/tsc"));
  symlinkSync("../vitest/vitest.mjs", join(packages, ".bin/vitest"));
  return folder;
}

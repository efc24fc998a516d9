// Does real QEMU load what we write? A guest of our own runs in QEMU, is saved to a file, the file becomes JSON and is deleted, the JSON
// becomes a file again, and QEMU goes on from that: not a tick and not a page of the guest may be missing.
// `npm run load-in-qemu [-- --qemu NAME=PATH]… [--machine TYPE]… [--plain-copy | --final-ram | --engine | --changed]`; also VMSTATE_QEMU=NAME=PATH,…; else the one on PATH.
// Ends with 0 when all guests run on, 1 when one does not, 2 when there is no QEMU (1 where CI=true: there must be one).
import { parseArgs } from "node:util";
import { type Build, findBuilds } from "../runtime/qemu/find-builds.ts";
import { QemuError } from "../runtime/qemu/qemu-error.ts";
import { loadChanged } from "./load-in-qemu/load-changed.ts";
import { loadInQemu } from "./load-in-qemu/load-in-qemu.ts";
import { finalRam, plainCopy, type Transform, throughEngine, throughJson } from "./load-in-qemu/transforms.ts";

/** Those that neither name themselves nor describe what they hold. */
const UNDESCRIBED = ["pc-i440fx-2.0", "pc-i440fx-2.1", "pc-i440fx-2.2"];

/** What is tried of each build, as far as it has it: streams with and without configuration, footers and description. */
const MACHINES = ["pc-i440fx-2.0", "pc-i440fx-2.12"];

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      qemu: { type: "string", multiple: true },
      machine: { type: "string", multiple: true },
      "plain-copy": { type: "boolean" },
      "final-ram": { type: "boolean" },
      engine: { type: "boolean" },
      changed: { type: "boolean" },
    },
  });
  let builds: readonly Build[];
  try {
    builds = await findBuilds(values.qemu ?? []);
  } catch (error) {
    if (!(error instanceof QemuError)) throw error;
    console.error(error.message);
    return process.env.CI === "true" ? 1 : 2;
  }
  const transformOf = (machine: string, { name }: Build): Transform =>
    values.engine === true
      ? throughEngine(machine, name)
      : values["plain-copy"] === true
        ? plainCopy
        : values["final-ram"] === true
          ? finalRam
          : throughJson;
  const machines = values.machine ?? (values.changed === true || values.engine === true ? UNDESCRIBED : MACHINES);
  let [passed, failed] = [0, 0];
  for (const build of builds) {
    for (const machine of machines.filter((name) => build.machines.includes(name))) {
      const outcome =
        values.changed === true ? await loadChanged(build, machine) : await loadInQemu(build, machine, transformOf(machine, build));
      if (outcome.fault === undefined) passed += 1;
      else failed += 1;
      console.log(`${outcome.fault === undefined ? "ok  " : "FAIL"} QEMU ${build.name} ${machine}: ${outcome.fault ?? outcome.story}`);
    }
  }
  if (passed + failed === 0) console.error(`None of the builds has ${machines.join(" or ")}.`);
  console.log(`${passed} passed, ${failed} failed`);
  return passed > 0 && failed === 0 ? 0 : 1;
}

process.exitCode = await main();

import { QemuProcess } from "./qemu-process.ts";

/** A QEMU that is there and runs. */
export interface Build {
  /** `7.2`, or as the user calls it. */
  readonly name: string;
  readonly binary: string;
  /** Machine types, aliases left out. */
  readonly machines: readonly string[];
  readonly capabilities: readonly string[];
}

const ON_PATH = "qemu-system-x86_64";

/** The builds that the user names (`NAME=PATH`), those of VMSTATE_QEMU, or the one on PATH. Throws a `QemuError` for one that is not there. */
export async function findBuilds(named: readonly string[]): Promise<readonly Build[]> {
  const list = [...named, process.env.VMSTATE_QEMU ?? ""].flatMap((names) => names.split(",")).filter((name) => name !== "");
  const builds: Build[] = [];
  for (const item of list.length > 0 ? list : [ON_PATH]) {
    const [, name, binary = item] = /^([^=/]+)=(.+)$/.exec(item) ?? [];
    builds.push(await ask(name, binary));
  }
  return builds;
}

async function ask(name: string | undefined, binary: string): Promise<Build> {
  const qemu = await QemuProcess.start({ binary, args: ["-machine", "none", "-nodefaults", "-display", "none"] });
  try {
    const { major, minor } = (await qemu.execute("query-version")).qemu;
    const machines = (await qemu.execute("query-machines")).map((machine) => machine.name);
    const capabilities = (await qemu.execute("query-migrate-capabilities")).map(({ capability }) => capability);
    return { name: name ?? `${major}.${minor}`, binary, machines, capabilities };
  } finally {
    await qemu.end();
  }
}

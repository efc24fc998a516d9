import { migrationCompletes } from "../../runtime/qemu/migrate.ts";
import { QemuProcess } from "../../runtime/qemu/qemu-process.ts";
import type { TemporaryFolder } from "../in-temporary-folder.ts";

/** Starts a small machine that has only the devices of its type and those in `args`; it ends before its folder goes. */
export async function startBareMachine(
  { closing }: TemporaryFolder,
  { binary, machine, args }: { readonly binary: string; readonly machine: string; readonly args: readonly string[] },
): Promise<QemuProcess> {
  const bare = ["-M", machine, "-accel", "tcg", "-m", "16", "-nodefaults", "-no-user-config", "-display", "none"];
  const qemu = await QemuProcess.start({ binary, args: [...bare, ...args] });
  closing.push(() => qemu.end());
  return qemu;
}

export async function saveTo(qemu: QemuProcess, path: string): Promise<void> {
  await qemu.execute("migrate", { uri: `exec:cat > '${path}'` });
  await migrationCompletes(qemu);
}

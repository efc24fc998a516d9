import { setTimeout as sleep } from "node:timers/promises";
import { QemuError } from "./qemu-error.ts";
import type { QemuProcess } from "./qemu-process.ts";
import type { Limit } from "./qmp-client.ts";
import type { MigrationInfo } from "./qmp-commands.ts";

/** How often a migration is looked at, in ms. */
const LOOK_MS = 20;

/** Turns capabilities on. What a build does not know, it refuses. */
export async function enable(qemu: QemuProcess, capabilities: readonly string[]): Promise<void> {
  if (capabilities.length === 0) return;
  await qemu.execute("migrate-set-capabilities", { capabilities: capabilities.map((capability) => ({ capability, state: true })) });
}

/** Looks at the migration until `reached` says so; throws a `QemuError` when it fails, or when the limit (60 s unless told otherwise) passes. */
export async function migrationReaches(
  qemu: QemuProcess,
  reached: (info: MigrationInfo) => boolean,
  { limitMs = 60_000 }: Limit = {},
): Promise<MigrationInfo> {
  const end = performance.now() + limitMs;
  for (;;) {
    const info = await qemu.execute("query-migrate");
    if (reached(info)) return info;
    const { status, "error-desc": reason } = info;
    if (status === "failed" || status === "cancelled" || status === "completed") {
      const why = reason === undefined ? "" : `: ${reason}`;
      throw new QemuError("migration", `The migration is ${status}${why}.`, qemu.facts());
    }
    if (performance.now() > end) {
      throw new QemuError("migration", `The migration is still ${status ?? "not begun"} after ${limitMs} ms.`, qemu.facts());
    }
    await sleep(LOOK_MS);
  }
}

/** Looks at the migration, outgoing or incoming, until it is completed. */
export async function migrationCompletes(qemu: QemuProcess, limit: Limit = {}): Promise<MigrationInfo> {
  return migrationReaches(qemu, ({ status }) => status === "completed", limit);
}

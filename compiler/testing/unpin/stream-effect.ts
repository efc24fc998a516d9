import { evaluate } from "../../expr/evaluate.ts";
import type { State } from "../../interpret/input.ts";
import type { Ir, MachineIr, VmsdIr } from "../../ir.ts";
import { attempt } from "../../oracle/outcome.ts";
import { createRandom } from "../../oracle/random.ts";
import { randomState } from "../../oracle/random-state.ts";
import { programOf } from "../../program.ts";
import type { Pin } from "../../read/index.ts";
import { specialise } from "../../specialise.ts";
import { interpreterOf, type Section } from "../section.ts";

const STATES = 12;

/** How the bytes of the same states differ with and without a property set: sizes of the first that do. */
export function streamEffect(ir: Ir, without: Ir, machine: string, pin: Pin): string {
  if (pin.vmsd === "container") return `around sections: the ${pin.property}`;
  for (const { id, name } of Object.values(ir.vmsds)) {
    if (name !== pin.vmsd) continue;
    const [pinned, free] = [sectionOf(ir, machine, id, pin.profile), sectionOf(without, machine, id, pin.profile)];
    if (pinned === undefined || free === undefined) continue;
    const random = createRandom(1);
    for (let draw = 0; draw < STATES; draw++) {
      const state = randomState(free.vmsd, free.program, random, free.properties, {});
      const [isSent, wouldBe] = [isNeeded(pinned, state), isNeeded(free, state)];
      if (isSent !== wouldBe) return `${name}: ${isSent ? "sent" : "not sent"} with it, ${wouldBe ? "sent" : "not sent"} without`;
      const [before, after] = [pinned, free].map((section) => attempt(() => interpreterOf(section).save(state))) as [Saved, Saved];
      if ("refused" in after || "refused" in before) {
        if ("done" in after) return `${name}: what is sent is refused with it set`;
        continue;
      }
      if (Buffer.compare(before.done, after.done) !== 0) return `${name}: ${before.done.length} bytes become ${after.done.length}`;
    }
  }
  return "none seen";
}

/** Whether the section as a whole is sent. */
function isNeeded({ vmsd, properties }: Section, state: State): boolean {
  const scope = { field: (key: string) => state[key], property: (key: string) => properties[key], versionId: vmsd.versionId, index: 0 };
  return vmsd.needed === undefined || Boolean(evaluate(vmsd.needed, scope));
}

type Saved = ReturnType<typeof attempt<Uint8Array>>;

/** The section alone, as it is where all others of the machine type are left out. */
function sectionOf(ir: Ir, id: string, vmsd: string, profile: string | undefined): Section | undefined {
  const machine = ir.machines[id] as MachineIr;
  if (![...machine.sections, ...machine.devices].includes(vmsd)) return undefined;
  const { vmsds: special, idOf } = specialise(ir, { ...machine, sections: [vmsd], devices: [] }, profile);
  const vmsds = { ...ir.vmsds, ...special };
  const own = vmsds[idOf(vmsd)] as VmsdIr;
  return { name: own.name, vmsd: own, vmsds, program: programOf(vmsds), properties: own.properties };
}

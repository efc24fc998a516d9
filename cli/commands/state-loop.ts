import { SYSTEM_CLOCK } from "../../runtime/migration/clock.ts";
import { bisectReset, runStateLoop } from "../../runtime/state-loop/index.ts";
import { type Command, EXIT, UsageError } from "../command.ts";
import { wholeNumber } from "../dirty-log/numbers.ts";
import { machineCodecs } from "../machine-codecs.ts";
import { BUILT_IN, capturedMachine } from "../migrate/capture.ts";
import { parseOptions } from "../options.ts";
import { loopedGuest, namesOf } from "../state-loop/looped-guest.ts";
import { renderLoop } from "../state-loop/render-loop.ts";

export const command: Command = {
  summary: "save, reset and load devices over and over: what is lost on the way",
  help: `usage: vmstate state-loop [STREAM] [OPTION…]

Stops a guest, saves its devices, resets them, loads what was saved and goes on, over and over, and blames the device and the field that
are not what they were. The first three times and each sixteenth what is loaded into is poisoned, so that a field that nothing loads is
seen though the reset leaves it alone. The devices are those of STREAM, or of a bare pc-2.2.

  --machine NAME       the machine type whose codecs read STREAM; pc-2.2 when left out
  --profile NAME       the build of QEMU whose version of it that is
  --iterations N       1000 when left out
  --period MS          the guest runs so long between two of them; not at all when left out
  --no-reset NAME      a device that is left out of the reset; may be given several times
  --bisect             finds the devices whose reset loses state, by leaving others out and halving
  --forget DEVICE/FIELD  a fault to see found: that field is not loaded
  --json               as JSON

Exit status: 0 nothing is lost, 1 a device is blamed, 2 usage, 3 STREAM cannot be read by the machine type.

  vmstate state-loop --iterations 10000 guest.mig --machine pc-2.12 --profile 7.2
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, {
      machine: { type: "string" },
      profile: { type: "string" },
      iterations: { type: "string" },
      period: { type: "string" },
      "no-reset": { type: "string", multiple: true },
      bisect: { type: "boolean" },
      forget: { type: "string" },
      json: { type: "boolean" },
    });
    const [path, ...more] = positionals;
    if (more.length > 0) throw new UsageError("One stream is wanted, or none.");
    const iterations = wholeNumber("iterations", values.iterations, 1, 1e9) ?? 1000;
    const periodMs = wholeNumber("period", values.period, 0, 3_600_000) ?? 0;
    const isBuiltIn = values.machine === undefined && path === undefined;
    const machine = await machineCodecs(values.machine ?? BUILT_IN.machine, values.profile ?? (isBuiltIn ? BUILT_IN.profile : undefined));
    const { devices } = capturedMachine(machine, path);
    const left = namesOf(devices, values["no-reset"] ?? []);
    const guest = loopedGuest(machine, devices, values.forget);
    const loop = (noReset: readonly string[]) => runStateLoop(guest, { clock: SYSTEM_CLOCK, iterations, periodMs, noReset });
    const report = await loop(left);
    const names = [...new Set(devices.map(({ name }) => name))].filter((name) => !left.includes(name));
    const loses = async (noReset: readonly string[]): Promise<boolean> => (await loop([...left, ...noReset])).blames.length > 0;
    const bisection = values.bisect === true ? await bisectReset(names, loses) : undefined;
    await guest.pause();
    const { name, profile } = machine;
    if (values.json === true) {
      const found = { schema: "vmstate-state-loop/1", machine: name, profile: profile ?? null, ...report, bisection: bisection ?? null };
      io.out(`${JSON.stringify(found, undefined, 2)}\n`);
    } else io.out(renderLoop(profile === undefined ? name : `${name} of ${profile}`, report, bisection));
    return report.blames.length === 0 ? EXIT.ok : EXIT.findings;
  },
};

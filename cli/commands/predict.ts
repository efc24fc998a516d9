import { InputError } from "../../compiler/describe/input-error.ts";
import { POLICIES, type PolicyName } from "../../runtime/migration/convergence/policies.ts";
import { minimumBandwidth } from "../../runtime/migration/predict/minimum-bandwidth.ts";
import { EmptyLogError, type PredictOptions, predict } from "../../runtime/migration/predict/predict.ts";
import { type Command, EXIT, UsageError } from "../command.ts";
import { positive, wholeNumber } from "../dirty-log/numbers.ts";
import { readLog } from "../dirty-log/read-log.ts";
import { renderPrediction } from "../dirty-log/render-prediction.ts";
import { byteCount, oneOf, parseOptions } from "../options.ts";
import { onePath } from "../stream/one-path.ts";

const NAMES = Object.keys(POLICIES) as PolicyName[];

export const command: Command = {
  summary: "how long a migration will take, and whether it ends, from a dirty log",
  help: `usage: vmstate predict LOG --bandwidth BYTES [OPTION…]

Goes through the passes of a migration on what a log says of its guest (vmstate dirty-log makes one), from many moments of it on, and
prints the middle of what comes of that, with the 5th and the 95th of a hundred behind it: time, downtime, passes and bytes. Where it
does not end, it says from which bandwidth on it would.

  --bandwidth BYTES     what the connection takes in a second, such as 64MiB
  --downtime-limit MS   longest pause; 300 when left out
  --policy NAME         how the guest is slowed down: ${NAMES.slice(0, -1).join(", ")} or ${NAMES.at(-1)}; none when left out
  --device-bytes BYTES  what is sent in the pause beside memory; 0 when left out
  --fixed MS            what the pause takes beside all bytes; 15 when left out
  --pause-bandwidth B   bytes a second in the pause, where --bandwidth is a limit for the time before it; the same when left out
  --zero-pages N        pages that hold nothing but zeros; what the log says when left out
  --after MS            the migration begins so long after the log's end; at any moment when left out
  --within SECONDS      what takes longer does not end; 120 when left out
  --json                as JSON
  --max-input BYTES     refuse larger logs (256M)

Exit status: 0 it ends, 1 it does not, 2 usage, 3 the log cannot be read, or holds no epoch.

  vmstate predict guest.log --bandwidth 64MiB --downtime-limit 300
`,
  run: (args, io) => {
    const { values, positionals } = parseOptions(args, {
      bandwidth: { type: "string" },
      "downtime-limit": { type: "string" },
      policy: { type: "string" },
      "device-bytes": { type: "string" },
      fixed: { type: "string" },
      "pause-bandwidth": { type: "string" },
      "zero-pages": { type: "string" },
      after: { type: "string" },
      within: { type: "string" },
      json: { type: "boolean" },
      "max-input": { type: "string" },
    });
    const path = onePath(positionals, "LOG");
    const bandwidth = byteCount("bandwidth", values.bandwidth);
    if (bandwidth === undefined || bandwidth === 0) throw new UsageError("--bandwidth BYTES is missing, or 0.");
    const policy = oneOf("policy", values.policy, NAMES) ?? "none";
    const options: Omit<PredictOptions, "bandwidth"> = {
      downtimeLimit: positive("downtime-limit", values["downtime-limit"] ?? "300", "a number of ms"),
      policy: policy === "none" ? undefined : () => POLICIES[policy]({}),
      deviceBytes: byteCount("device-bytes", values["device-bytes"]),
      pauseBandwidth: byteCount("pause-bandwidth", values["pause-bandwidth"]),
      fixed: wholeNumber("fixed", values.fixed, 0, 1e9),
      zeroPages: wholeNumber("zero-pages", values["zero-pages"], 0, 2 ** 32),
      after: wholeNumber("after", values.after, 0, 1e9),
      within: positive("within", values.within ?? "120", "a number of seconds") * 1000,
    };
    if (options.pauseBandwidth === 0) throw new UsageError("--pause-bandwidth takes more than 0.");
    const log = readLog(path, byteCount("max-input", values["max-input"]), io);
    try {
      const prediction = predict(log, { ...options, bandwidth });
      const needed = prediction.ends ? undefined : minimumBandwidth(log, options);
      io.out(
        values.json === true
          ? `${JSON.stringify({ schema: "vmstate-prediction/1", ...prediction, minimumBandwidth: needed }, null, 2)}\n`
          : renderPrediction(prediction, needed),
      );
      return prediction.ends ? EXIT.ok : EXIT.findings;
    } catch (error) {
      if (error instanceof EmptyLogError) throw new InputError("EMPTY", path, error.message);
      throw error;
    }
  },
};

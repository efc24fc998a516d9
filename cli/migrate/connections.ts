import { readFileSync } from "node:fs";
import { InputError } from "../../compiler/describe/input-error.ts";
import { SYSTEM_CLOCK } from "../../runtime/migration/clock.ts";
import type { Channel, Listener } from "../../runtime/transport/channel.ts";
import type { Credentials } from "../../runtime/transport/credentials.ts";
import { openChannel } from "../../runtime/transport/open-channel.ts";
import { openListener } from "../../runtime/transport/open-listener.ts";
import { pacedChannel } from "../../runtime/transport/paced-channel.ts";
import { UsageError } from "../command.ts";
import { byteCount } from "../options.ts";
import { explained, isFile } from "./explain.ts";
import { timeoutOf, type Values } from "./options.ts";

/** Connects to the destination, as often as it is called. Throws UsageError, and InputError for certificates. */
export function connector(address: string, values: Values): () => Promise<Channel> {
  isFile(address);
  const tls = credentialsOf(values);
  const bytesPerSecond = byteCount("bandwidth", values.bandwidth);
  if (bytesPerSecond === 0) throw new UsageError("--bandwidth takes more than 0.");
  const options = { milliseconds: timeoutOf(values), ...(tls === undefined ? {} : { tls }) };
  return async () => {
    const channel = await openChannel(address, options);
    return bytesPerSecond === undefined ? channel : pacedChannel(channel, { bytesPerSecond, ...SYSTEM_CLOCK });
  };
}

/** Waits for a source. Throws UsageError, WorkError, and InputError for certificates. */
export async function listener(address: string, values: Values, turnedAway: (reason: string) => void): Promise<Listener> {
  const tls = credentialsOf(values);
  try {
    return await openListener(address, {
      milliseconds: timeoutOf(values),
      exposed: values.exposed === true,
      turnedAway: ({ message }) => turnedAway(message),
      ...(tls === undefined ? {} : { tls }),
    });
  } catch (error) {
    throw explained(error);
  }
}

function credentialsOf(values: Values): Credentials | undefined {
  const { "tls-ca": ca, "tls-cert": cert, "tls-key": key, "tls-peer": peer } = values;
  if (ca === undefined && cert === undefined && key === undefined && peer === undefined) return undefined;
  if (ca === undefined || cert === undefined || key === undefined)
    throw new UsageError("--tls-ca, --tls-cert and --tls-key go together: both sides show who they are.");
  return { ca: pem(ca), cert: pem(cert), key: pem(key), ...(peer === undefined ? {} : { peer }) };
}

function pem(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new InputError("UNREADABLE", path, `It cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

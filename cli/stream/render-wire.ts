import type { Wire } from "../../runtime/stream/read/wires.ts";
import type { ChannelSummary, ReturnPathSummary, WireSummary } from "../../runtime/stream/wire-summary.ts";

/** Lines for what there is on another connection than the main one; none for the main one. */
export function wireLines({ channel, returnPath }: WireSummary, as: Wire | undefined): string[] {
  if (channel !== undefined) return channelLines(channel);
  return as === undefined ? [] : [`connection    ${as}`, ...(returnPath === undefined ? [] : returnPathLines(returnPath))];
}

function channelLines({ channel, packets, syncs, pages, zeroPages, compressions, devices }: ChannelSummary): string[] {
  const packed = [...compressions].filter((name) => name !== "none");
  return [
    `connection    multifd channel ${channel}`,
    `packets       ${packets}, of which ${syncs} synchronise${devices === 0 ? "" : ` and ${devices} carry device state`}`,
    `pages         ${pages}${packed.length === 0 ? "" : ` packed by ${packed.join(", ")}`}, and ${zeroPages} zero pages`,
  ];
}

function returnPathLines({ messages, requested, error }: ReturnPathSummary): string[] {
  const counted = [...messages].map(([name, count]) => (count === 1 ? name : `${count} ${name}`));
  return [
    `messages      ${counted.join(", ")}`,
    `requested     ${requested} bytes of memory`,
    `outcome       ${error === undefined ? "not said" : error === 0 ? "success" : `error ${error}`}`,
  ];
}

/** The same as JSON; a key for each that there is. */
export function wireJson({ channel, returnPath }: WireSummary): object {
  return {
    ...(channel === undefined ? {} : { channel: { ...channel, compressions: [...channel.compressions] } }),
    ...(returnPath === undefined ? {} : { returnPath: { ...returnPath, messages: Object.fromEntries(returnPath.messages) } }),
  };
}

import { type SourceContext, sentBytes } from "./context.ts";

/** What `query-migrate` of QEMU shows, by its names and in its units, as far as it exists here. */
export function query(c: SourceContext): Readonly<Record<string, unknown>> {
  const { status, ram, xbzrle, clock, startedAt, parameters, requests } = c;
  const sent = sentBytes(c);
  const expected = c.link.pause(c, sent, c.fixedCost).milliseconds;
  return {
    status,
    "total-time": Math.round(clock.now() - startedAt),
    ...(expected === undefined ? {} : { "expected-downtime": Math.round(expected) }),
    "downtime-limit": parameters.downtimeLimit,
    ram: {
      ...ram,
      "precopy-bytes": ram.transferred - ram["downtime-bytes"] - ram["postcopy-bytes"],
      "postcopy-requests": requests.count,
    },
    ...(xbzrle === undefined ? {} : { "xbzrle-cache": { ...xbzrle } }),
  };
}

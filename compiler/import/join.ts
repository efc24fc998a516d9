import type { BodyFacts, VmsdFacts } from "./facts.ts";
import { type Body, bodiesOf, type Family } from "./family.ts";
import type { Input } from "./input.ts";
import { joinFields } from "./join-fields.ts";

/** What a body is in one dump, or as one device sent it. */
export interface Version {
  readonly input: number;
  readonly body: Body["vmsd"];
  readonly section: Family;
}

/** Brings together what all inputs say of a vmsd. Of dumps that disagree the last one is the newest. */
export function joinVmsd(family: Family, inputs: readonly Input[]): VmsdFacts {
  const dumps = [...family.dumps].map(([input, vmsd]) => ({ input, vmsd, section: family })).reverse();
  const places = new Map<string, Body>();
  for (const { vmsd } of [...dumps, ...family.sightings])
    for (const body of bodiesOf(vmsd)) {
      const name = body.isMain ? family.name : body.vmsd.name;
      if (!places.has(name)) places.set(name, body);
    }
  const within = ({ vmsd, input, section }: { vmsd: Body["vmsd"]; input: number; section: Family }, name: string): Version[] =>
    bodiesOf(vmsd).flatMap((each) => ((each.isMain ? family.name : each.vmsd.name) === name ? [{ input, body: each.vmsd, section }] : []));
  const bodies = [...places].map(([name, { isMain, of }]) =>
    joinBody(
      { name, isMain, of },
      dumps.flatMap((dump) => within(dump, name)),
      family.sightings.flatMap((sighting) => within(sighting, name)),
      family,
      inputs,
    ),
  );
  return { family, name: family.name, bodies };
}

type Place = Pick<BodyFacts, "name" | "isMain" | "of">;

function joinBody(place: Place, dumps: readonly Version[], sent: readonly Version[], family: Family, inputs: readonly Input[]): BodyFacts {
  const versions = [...dumps, ...sent].map(({ body }) => body.version_id);
  const versionId = Math.max(...versions);
  const newest = dumps.find(({ body }) => body.version_id === versionId) ?? dumps[0];
  const minimumVersionId = newest?.body.minimum_version_id;
  return {
    ...place,
    versionId,
    minimumVersionId,
    oldestVersionId: Math.min(...versions),
    fields: joinFields(place.name, dumps, sent, family, inputs),
    notes: disagreements(dumps, inputs),
    dumps: dumps.map(({ input }) => input),
    wasSent: sent.length > 0,
  };
}

function disagreements(dumps: readonly Version[], inputs: readonly Input[]): string[] {
  const said = (key: "version_id" | "minimum_version_id"): string[] =>
    dumps.map(({ body, input }) => `${body[key]} in ${inputs[input]?.label}`).reverse();
  return (["version_id", "minimum_version_id"] as const).flatMap((key) =>
    new Set(dumps.map(({ body }) => body[key])).size > 1 ? [`${key} is ${said(key).join(", ")}.`] : [],
  );
}

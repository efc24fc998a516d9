import type { Machine, Section } from "../codec/v1.ts";

/** Gives the section of a machine by its name in a stream, which may stand behind a device's path; undefined for one that it does not have. */
export function sectionFinder({ sections }: Machine): (name: string) => Section | undefined {
  const named = new Map<string, Section[]>();
  for (const section of sections)
    for (const name of [section.codec.name, ...section.aliases]) named.set(name, [...(named.get(name) ?? []), section]);
  const fitting = (name: string, isBehindPath: boolean): Section | undefined => {
    const all = named.get(name);
    return all?.find(({ behindPath }) => behindPath === isBehindPath) ?? all?.find(({ behindPath }) => behindPath === undefined);
  };
  return (name) => {
    // A vmsd's own name may hold a slash; a device's path stands before it then as well.
    const own = name.slice(name.lastIndexOf("/") + 1);
    return fitting(name, false) ?? fitting(name.slice(name.indexOf("/") + 1), true) ?? fitting(own, true);
  };
}

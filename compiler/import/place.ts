import { type Family, isSection } from "./family.ts";

/**
 * The section in whose file each vmsd is declared, or itself: a section and what only it uses are one file, what several files use has one of
 * its own.
 */
export function placeFamilies(families: readonly Family[]): Map<Family, Family> {
  const owners = new Map<Family, Family>();
  const ownerOf = (family: Family): Family => {
    const known = owners.get(family);
    if (known !== undefined) return known;
    // A vmsd within itself would otherwise never be done.
    owners.set(family, family);
    const users = new Set([...family.users].map(ownerOf));
    const [only] = users;
    const owner = isSection(family) || users.size !== 1 || only === undefined ? family : only;
    owners.set(family, owner);
    return owner;
  };
  for (const family of families) ownerOf(family);
  return owners;
}

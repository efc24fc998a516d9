import { elementBytes, type Field, type Metadata, type Section, type Vmsd } from "../../describe/index.ts";

export interface Decided {
  readonly metadata: Metadata;
  /** How many predicates of the file the machine type decides. */
  readonly count: number;
}

/**
 * A build's metadata as one machine type has it. `machine` says which predicates that type's pinned properties decide; the same fields and
 * subsections of the build, found by name, are then on the wire for certain or not at all. What has no counterpart stays as it is.
 */
export function decideConditions(metadata: Metadata, machine: Metadata): Decided {
  const byName = new Map([...machine.sections.values()].map((section) => [section.Description?.name, section]));
  const tally = { count: 0 };
  const sections = new Map<string, Section>();
  for (const [type, section] of metadata.sections) {
    const known = machine.sections.get(type) ?? byName.get(section.Description?.name);
    sections.set(type, known === undefined ? section : decideSection(section, known, tally));
  }
  if (tally.count === 0) return { metadata, count: 0 };
  return { metadata: { ...metadata, sections, plain: false }, count: tally.count };
}

interface Tally {
  count: number;
}

function decideSection(section: Section, known: Section, tally: Tally): Section {
  if (section.Description === undefined || known.Description === undefined) return section;
  return { ...section, Description: decideVmsd(section.Description, known.Description, tally) };
}

function decideVmsd(vmsd: Vmsd, known: Vmsd, tally: Tally): Vmsd {
  const subsections = new Map((known.Subsections ?? []).map((each) => [each.name, each]));
  return {
    ...vmsd,
    ...(vmsd.Fields === undefined ? {} : { Fields: vmsd.Fields.map((field) => decideField(field, known.Fields ?? [], tally)) }),
    ...(vmsd.Subsections === undefined
      ? {}
      : { Subsections: vmsd.Subsections.map((each) => decideSubsection(each, subsections.get(each.name), tally)) }),
  };
}

function decideSubsection(subsection: Vmsd, known: Vmsd | undefined, tally: Tally): Vmsd {
  if (known === undefined) return subsection;
  const inner = decideVmsd(subsection, known, tally);
  if (known.decided === undefined) return inner;
  tally.count++;
  return { ...inner, decided: known.decided };
}

function decideField(field: Field, known: readonly Field[], tally: Tally): Field {
  const namesakes = known.filter((each) => each.field === field.field && (each.field_exists === true) === (field.field_exists === true));
  // Alternatives share a name and differ in size; where neither tells them apart, nothing is decided.
  const like = namesakes.length > 1 ? namesakes.filter((each) => elementBytes(each) === elementBytes(field)) : namesakes;
  const twin = like.length === 1 ? like[0] : undefined;
  if (twin === undefined) return field;
  const inner =
    field.Description === undefined || twin.Description === undefined
      ? field
      : { ...field, Description: decideVmsd(field.Description, twin.Description, tally) };
  if (field.field_exists !== true || twin.decided === undefined) return inner;
  tally.count++;
  return { ...inner, decided: twin.decided };
}

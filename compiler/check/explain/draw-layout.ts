import { elementBytes, type Field, isOpaque, type Metadata, type Section, type Vmsd } from "../../describe/index.ts";

/** The sections of both files that are not the same in each, drawn; of equal changes to several sections only the first. */
export function drawDifference(old: Metadata, new_: Metadata): { old: string[]; new: string[] } {
  const drawn = { old: [] as string[], new: [] as string[] };
  const seen = new Set<string>();
  const sides = [
    [old, drawn.old],
    [new_, drawn.new],
  ] as const;
  if (old.machine !== new_.machine) for (const [side, lines] of sides) lines.push(`machine ${side.machine}`);
  for (const type of new Set([...old.sections.keys(), ...new_.sections.keys()])) {
    const [before, after] = [old.sections.get(type), new_.sections.get(type)];
    const change = JSON.stringify([changed(before), changed(after)]);
    if (JSON.stringify(before) === JSON.stringify(after) || seen.has(change)) continue;
    seen.add(change);
    for (const [side, lines] of sides) {
      const section = side.sections.get(type);
      if (section !== undefined) lines.push(...drawSection(type, section));
    }
  }
  for (const [, lines] of sides) if (lines.length === 0) lines.push("(no such section)");
  return drawn;
}

/** What tells one change from another where many sections share a description: the struct that several of them hold. */
function changed(section: Section | undefined): unknown {
  const shared = section?.Description?.Fields?.find(({ Description }) => Description !== undefined);
  return shared?.Description ?? section;
}

export function drawSection(type: string, section: Section): string[] {
  const { Description: vmsd, version_id, minimum_version_id } = section;
  if (vmsd === undefined) return [`${type}: v${version_id} (min ${minimum_version_id}), no description`];
  const stated = section.version_id === vmsd.version_id && section.minimum_version_id === vmsd.minimum_version_id;
  const name = section.Name === undefined || section.Name === type ? type : `${type} (Name ${section.Name})`;
  return [
    `${name}: ${drawVersions(vmsd)}`,
    ...(stated ? [] : [`  the section says v${version_id} (min ${minimum_version_id})`]),
    ...drawBody(vmsd, "  "),
  ];
}

function drawBody({ Fields = [], Subsections = [] }: Vmsd, indent: string): string[] {
  const width = Math.max(0, ...Fields.map(({ field }) => field.length));
  return [
    ...(Fields.length + Subsections.length === 0 ? [`${indent}(no fields)`] : []),
    ...Fields.flatMap((field) => [
      `${indent}${field.field.padEnd(width)}  ${drawField(field)}`,
      ...(field.Description === undefined ? [] : drawBody(field.Description, `${indent}  `)),
    ]),
    ...Subsections.flatMap((inner) => [
      `${indent}subsection ${drawVersions(inner)}${inner.needed === undefined ? "" : `, sent when ${inner.needed}`}`,
      ...drawBody(inner, `${indent}  `),
    ]),
  ];
}

function drawVersions({ name, version_id, minimum_version_id }: Vmsd): string {
  return `${name} v${version_id}${minimum_version_id === undefined ? "" : ` (min ${minimum_version_id})`}`;
}

function drawField(field: Field): string {
  const notes = [
    field.Description === undefined ? drawSize(field) : `struct ${drawVersions(field.Description)}`,
    ...(field.kind === undefined ? [] : [field.kind]),
    ...(field.count?.field === undefined ? [] : [`'${field.count.field}' of them`]),
    ...(field.field_exists === true ? [field.exists === undefined ? "conditional" : `when ${field.exists}`] : []),
    ...(field.version_id > 0 ? [`from v${field.version_id}`] : []),
    ...(field.absent === undefined ? [] : [`${JSON.stringify(field.absent)} when not sent`]),
    ...(field.validate === undefined ? [] : [`accepted when ${field.validate}`]),
  ];
  return notes.join(", ");
}

function drawSize(field: Field): string {
  if (isOpaque(field)) return "opaque";
  const bytes = elementBytes(field) ?? field.size;
  const each = `${bytes} byte${bytes === 1 ? "" : "s"}`;
  return field.num === undefined ? each : `${field.num} x ${each}`;
}

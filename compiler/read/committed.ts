/** What a metadata file says of a vmsd: as much of QEMU's `-dump-vmstate` shape as the reader compares with. */
export interface CommittedVmsd {
  readonly name: string;
  readonly version_id: number;
  readonly Fields?: readonly CommittedField[];
  readonly Subsections?: readonly CommittedVmsd[];
}

export interface CommittedField {
  readonly field: string;
  readonly size: number;
  readonly num?: number;
  readonly kind?: string;
  readonly Description?: CommittedVmsd;
}

/** A metadata file's sections by QOM type, beside what else it says of the machine. */
export type CommittedMetadata = Readonly<Record<string, { readonly Description?: CommittedVmsd }>>;

export type Committed = ReadonlyMap<string, CommittedVmsd>;

/** The vmsds of a metadata file by name, those within others as well. */
export function committedVmsds(metadata: CommittedMetadata): Committed {
  const found = new Map<string, CommittedVmsd>();
  const add = (vmsd: CommittedVmsd | undefined): void => {
    if (vmsd === undefined || found.has(vmsd.name)) return;
    found.set(vmsd.name, vmsd);
    walk(vmsd);
  };
  const walk = ({ Fields = [], Subsections = [] }: CommittedVmsd): void => {
    for (const { Description } of Fields) add(Description);
    for (const subsection of Subsections) walk(subsection);
  };
  for (const section of Object.values(metadata)) add(section.Description);
  return found;
}

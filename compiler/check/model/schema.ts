/**
 * State layouts as the model sees them: what a dump says about a field, plus what no dump says and the model knows all the same:
 * who a field is across builds, under which condition it is there, and how many bytes an opaque field really has.
 */
export interface ModelVmsd {
  readonly id: number;
  name: string;
  version: number;
  minimum: number;
  /** Condition under which a subsection is sent; always, when absent. Without meaning on sections and structs. */
  needed: string | undefined;
  fields: ModelField[];
  subsections: ModelVmsd[];
}

export interface ModelField {
  /** The field's identity. A rename keeps it; padding that takes the place of a field keeps it too, but carries no value. */
  readonly id: number;
  name: string;
  version: number;
  /** A condition's name, or "!" and its name. Equal text is the same predicate in both builds. */
  condition: string | undefined;
  content: "value" | "padding" | "opaque" | "struct";
  /** Bytes of one element on the wire; of an opaque field, which only the model knows. */
  size: number;
  count: number;
  /** A fixed array, whose count a dump states; anything else has no `num`. */
  array: boolean;
  vmsd: ModelVmsd | undefined;
}

/** What the writer of the metadata tells: an old dump has no `num`; full metadata names kinds and predicates too. */
export type Flavour = "dump" | "old-dump" | "full";

export interface ModelPair {
  readonly old: ModelVmsd;
  readonly new: ModelVmsd;
  readonly flavours: { readonly old: Flavour; readonly new: Flavour };
}

const KINDS: Readonly<Record<number, string>> = { 1: "uint8", 2: "uint16", 4: "uint32", 8: "uint64" };

/** The file that a build with this one device would write. `salt` moves the storage sizes of structs, which say nothing. */
export function toDump(device: ModelVmsd, flavour: Flavour, salt: number): string {
  const section = { Name: "dev", version_id: device.version, minimum_version_id: device.minimum };
  const head = flavour === "full" ? { Name: "model", schema: "vmstate-metadata/1" } : { Name: "model" };
  // A second section keeps `num` in every file but an old one, as in real dumps.
  const constant = { field: "constant", version_id: 0, field_exists: false, ...(flavour === "old-dump" ? {} : { num: 2 }), size: 4 };
  const other = { name: "other", version_id: 1, minimum_version_id: 1, Fields: [constant] };
  return JSON.stringify({
    vmschkmachine: head,
    dev: { ...section, Description: toVmsd(device, flavour, salt, false) },
    other: { Name: "other", version_id: 1, minimum_version_id: 1, Description: other },
  });
}

function toVmsd(vmsd: ModelVmsd, flavour: Flavour, salt: number, isSubsection: boolean): object {
  return {
    name: vmsd.name,
    version_id: vmsd.version,
    minimum_version_id: vmsd.minimum,
    ...(isSubsection && flavour === "full" && vmsd.needed !== undefined ? { needed: vmsd.needed } : {}),
    Fields: vmsd.fields.map((field) => toField(field, flavour, salt)),
    ...(vmsd.subsections.length === 0 ? {} : { Subsections: vmsd.subsections.map((each) => toVmsd(each, flavour, salt, true)) }),
  };
}

function toField(field: ModelField, flavour: Flavour, salt: number): object {
  const storage = { value: field.size, padding: field.size, opaque: 0, struct: ((field.id * 24 + salt) % 200) + 8 }[field.content];
  return {
    field: field.name,
    version_id: field.version,
    field_exists: field.condition !== undefined,
    ...(field.array && flavour !== "old-dump" ? { num: field.count } : {}),
    size: storage,
    ...(flavour === "full" ? { kind: kindOf(field) } : {}),
    ...(flavour === "full" && field.condition !== undefined ? { exists: field.condition } : {}),
    ...(field.vmsd === undefined ? {} : { Description: toVmsd(field.vmsd, flavour, salt, false) }),
  };
}

function kindOf({ content, size }: ModelField): string {
  return { value: KINDS[size] ?? "buffer", padding: "unused_buffer", opaque: "private format", struct: "struct" }[content];
}

/** One line that a reader can rebuild the layout from; identities behind "#". */
export function toText(vmsd: ModelVmsd, kind = "section"): string {
  const fields = vmsd.fields.map((field) => {
    const count = field.array ? `[${field.count}]` : "";
    const shape =
      field.vmsd === undefined ? `${field.content === "value" ? "" : `${field.content} `}${field.size}` : toText(field.vmsd, "");
    const guard = `${field.version > 0 ? ` v${field.version}` : ""}${field.condition === undefined ? "" : ` if ${field.condition}`}`;
    return `${field.name}#${field.id}${count}: ${shape}${guard}`;
  });
  const subsections = vmsd.subsections.map((each) => toText(each, "subsection"));
  const needed = kind === "subsection" ? ` needed ${vmsd.needed ?? "always"}` : "";
  return `${kind === "" ? "" : `${kind} `}${vmsd.name} v${vmsd.version}>=${vmsd.minimum}${needed} {${[...fields, ...subsections].join("; ")}}`;
}

/** One kind of text that says what devices a VM has, as the help text shows it. */
export interface ScopeSource {
  readonly source: "list" | "qtree" | "libvirt" | "qmp" | "stream";
  readonly summary: string;
  /** What this kind of text cannot tell; absent when it tells all. */
  readonly limits?: string;
}

/** Every kind of file that `--vm` takes; the kind is told from the content, not from the file's name. */
export const SCOPE_SOURCES: readonly ScopeSource[] = [
  {
    source: "list",
    summary: "QOM types, one a line or separated by commas; # starts a comment",
    limits: "a type that itself holds a comma has to stand in a JSON array",
  },
  {
    source: "qtree",
    summary: "what QEMU's monitor prints for `info qtree`",
    limits: "devices on no bus, such as vmgenid, vmcoreinfo, tpm-crb and memory modules, are not in it",
  },
  {
    source: "libvirt",
    summary: "a domain's XML (`virsh dumpxml`); the XML of the running domain names every device",
    limits: "what has no known QOM type is listed and makes the scope incomplete",
  },
  {
    source: "qmp",
    summary: "a JSON array of QOM types, or QMP answers of qom-list, one after the other",
    limits: "qom-list answers for one path only: ask for /machine, /machine/unattached, /machine/peripheral and /machine/peripheral-anon",
  },
  {
    source: "stream",
    summary: "a migration stream that ends with a description; devices go by the names that the stream carries",
  },
];

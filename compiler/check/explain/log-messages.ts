/**
 * What a destination says when a load fails, as data. Named groups: `id` is a section as the stream names it (`<path>/<vmsd>`),
 * `vmsd` a description, `field` a field or subsection in it, `sent` and `known` numbers that can be held against a finding's.
 */
export interface LogMessageKind {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly meaning: string;
  /** Where to look when no finding explains it; follows "look at". */
  readonly lookAt: string;
  /** Names no device, but any section's break may be behind it. */
  readonly anySection?: boolean;
  /** Decided before or beside device state: no finding about a layout explains it. */
  readonly notLayout?: boolean;
  /** What a field that only one side puts on the wire looks like, so that conditional fields are worth naming. */
  readonly shift?: boolean;
}

export const LOG_MESSAGES: readonly LogMessageKind[] = [
  {
    kind: "footer-missing",
    pattern: /Missing section footer for (?<id>.+?)\s*$/,
    meaning:
      "After the section the loader did not stand at its end: the two sides disagree on how many bytes it has. It read a field that was not sent, left one unread, or took a subsection for something else.",
    lookAt: "device properties that differ between the two command lines",
    shift: true,
  },
  {
    kind: "footer-unread",
    pattern: /Read section footer failed: (?<error>-?\d+)/,
    meaning:
      "The stream ended where the end of a section should stand. Either the source or the connection died, or an earlier section took more bytes than it was sent.",
    lookAt: "the source's log for the time of the failure, then the network, then whatever section came last",
    anySection: true,
  },
  {
    kind: "footer-mismatch",
    pattern: /Mismatched section id in footer for (?<id>\S+)/,
    meaning:
      "A byte looked like the section's end by chance, but belongs to something else: the two sides disagree on the section's length.",
    lookAt: "device properties that differ between the two command lines",
    shift: true,
  },
  {
    kind: "section-version",
    pattern: /unsupported version (?<sent>\d+) for '(?<id>[^']*)' v(?<known>\d+)/,
    meaning: "The section comes with a version_id above the one that this build knows; it is refused before a byte of it is read.",
    lookAt: "the version of the build that saved, which may not be the one whose metadata was given",
  },
  {
    kind: "version-too-new",
    pattern: /(?<vmsd>\S.*?): incoming version_id (?<sent>\d+) is too new for local version_id (?<known>\d+)/,
    meaning: "The description comes with a version above the one that this build knows.",
    lookAt: "the version of the build that saved, which may not be the one whose metadata was given",
  },
  {
    kind: "version-too-old",
    pattern: /(?<vmsd>\S.*?): incoming version_id (?<sent>\d+) is too old for local minimum version_id\s+(?<known>\d+)/,
    meaning: "The description comes with a version below the oldest that this build still accepts.",
    lookAt: "the version of the build that saved, which may not be the one whose metadata was given",
  },
  {
    kind: "section-unknown",
    pattern: /Unknown savevm section or instance '(?<id>[^']*)' (?<instance>\d+)/,
    meaning:
      "The source has a device that the destination has not: it is missing from the command line, sits at another address, or its section has another name there.",
    lookAt: "the two command lines: same devices, same addresses, same order, same machine type",
  },
  {
    kind: "section-type",
    pattern: /Unknown savevm section type (?<type>\d+)/,
    meaning:
      "Between two sections stands a byte that begins none. Without footers (machine types up to 2.3) this is how a section of the wrong length shows: the section before it was read short or long.",
    lookAt: "the section that came last before this message; a stream of another machine type or build also looks like this",
    anySection: true,
  },
  {
    kind: "field-load",
    pattern: /Failed to load (?<vmsd>[^:]+):(?<field>\S+)/,
    meaning:
      "Reading this field failed: its value is not acceptable to the destination, or the stream ended in it. What the field itself said stands in the line before.",
    lookAt: "device properties that decide this value (queues, sizes, features), which must be equal on both sides",
    shift: true,
  },
  {
    kind: "field-value",
    pattern: /Input validation failed: (?<vmsd>.+)\/(?<field>[^/\s]+)\s*$/,
    meaning: "A value was read that the destination does not accept, so the load was refused before it could be used.",
    lookAt: "what the source's guest had set, and whether bytes of another field were taken for this one",
    shift: true,
  },
  {
    kind: "value-unequal",
    pattern: /^(?<known>[0-9a-f]{1,16}) != (?<sent>[0-9a-f]{1,16})\s*$/,
    meaning: "A value that must be the same on both sides is not: first the destination's own, then the one received, both hexadecimal.",
    lookAt: "the property of the device that sets this value; it must be equal on both command lines",
  },
  {
    kind: "value-range",
    pattern: /Invalid value (?<sent>-?\d+) expecting positive value <= (?<known>\d+)/,
    meaning: "A count was received that is negative or above what the destination allows.",
    lookAt: "the property that sizes the device, or bytes of another field taken for the count",
  },
  {
    kind: "pointer-marker",
    pattern: /get_nullptr expected VMS_NULLPTR_MARKER/,
    meaning: "The destination has nothing where the source sent an element: an array of devices or queues has another length.",
    lookAt: "the number of queues, ports or child devices on both command lines",
  },
  {
    kind: "subsection-unknown",
    pattern: /VM subsection '(?<field>[^']*)' in '(?<vmsd>[^']*)' does not exist/,
    meaning:
      "The source sent an optional part that the destination does not know. It is sent only when the guest's state or a property calls for it.",
    lookAt: "the property that switches the subsection; machine types of the older build should keep it off",
  },
  {
    kind: "section-load",
    pattern: /error while loading state (?:section id \d+ ?\([^)]*\)|for instance (?<instance>\S+) of device '(?<id>[^']*)')/,
    meaning:
      "Loading this section failed. The line names only the section; why stands before it or, as an error code, behind it: 'No such file or directory' is a subsection that the destination does not know, 'Invalid argument' a version or a value.",
    lookAt: "the lines before this one, and the device's properties on both command lines",
    shift: true,
  },
  {
    kind: "pci-config",
    pattern: /Bad config data: i=(?<at>0x[0-9a-f]+) read: (?<sent>[0-9a-f]+) device: (?<known>[0-9a-f]+)/,
    meaning:
      "A byte of PCI configuration space that the guest cannot write differs between the two devices: another revision, another set of capabilities, other BAR sizes, or a device that sits in another slot.",
    lookAt: "the device's properties and its ROM on both command lines, and properties that the machine type sets",
  },
  {
    kind: "features",
    pattern: /Features (?<sent>0x[0-9a-f]+) unsupported\. Allowed features: (?<known>0x[0-9a-f]+)/,
    meaning:
      "The guest has agreed on virtio features that the destination's device does not offer. What is negotiated cannot be taken back while the guest runs.",
    lookAt: "the device's feature properties, vhost or the kernel underneath on both hosts",
  },
  {
    kind: "virtqueue",
    pattern: /VQ (?<queue>\d+) size (?<sent>0x[0-9a-f]+) (?:< |Guest index)/,
    meaning: "The state of a virtio queue contradicts what the guest's memory says: memory or queue state did not arrive as it was.",
    lookAt: "storage or vhost that kept on writing after the source stopped, and the queue size on both sides",
  },
  {
    kind: "ramblock-unknown",
    pattern: /Unknown ramblock "(?<block>[^"]*)"/,
    meaning:
      "The source sends a block of memory that the destination has not: a ROM, a video memory or a memory backend has another name or is missing.",
    lookAt: "ROM files (romfile=), memory backends' ids and display devices on both command lines",
    notLayout: true,
  },
  {
    kind: "ramblock-length",
    pattern: /(?:Length|Size) mismatch: (?<block>.+?): (?<sent>0x[0-9a-f]+)(?: in)? != (?<known>0x[0-9a-f]+)/,
    meaning: "A block of memory has another size on the two sides. For a ROM the firmware package differs; for RAM the command line does.",
    lookAt: "the firmware and option ROM packages of both hosts, memory and video memory sizes",
    notLayout: true,
  },
  {
    kind: "ram-stream",
    pattern: /Ack, bad migration stream!|Illegal RAM offset|Can't find block|Unknown combination of migration flags/,
    meaning:
      "The memory part of the stream does not make sense to the destination: bytes are missing or the two sides use other capabilities.",
    lookAt: "migration capabilities on both sides, and the connection",
    notLayout: true,
  },
  {
    kind: "machine-type",
    pattern: /Machine type received is '(?<sent>[^']*)' and local is '(?<known>[^']*)'/,
    meaning:
      "The two sides run different machine types; a machine moves only between equal ones. An alias such as 'pc' means another type in each build.",
    lookAt: "-machine on both command lines; name the versioned type",
    notLayout: true,
  },
  {
    kind: "configuration-missing",
    pattern: /Configuration section missing/,
    meaning:
      "The destination expects the stream to begin with the name of its machine type, as it does from machine type 2.4 on; this one does not.",
    lookAt: "-machine on both command lines",
    notLayout: true,
  },
  {
    kind: "capability",
    pattern: /Capability (?<field>\S+) is (?<known>on|off), but received capability is (?<sent>on|off)/,
    meaning: "A migration capability is on at one side only.",
    lookAt: "migrate-set-capabilities on both sides",
    notLayout: true,
  },
  {
    kind: "not-a-stream",
    pattern: /Not a migration stream|Unsupported migration stream version|SaveVM v2 format is obsolete/,
    meaning: "What arrived does not begin like a migration stream.",
    lookAt: "what is connected to the destination's port, or whether the file is compressed or damaged",
    notLayout: true,
  },
  {
    kind: "cpu-msr",
    pattern: /failed to set MSR (?<sent>0x[0-9a-f]+)/,
    meaning: "The destination's host cannot take a register of the guest's CPU.",
    lookAt: "CPU models, microcode and kernels of both hosts; metadata says nothing about CPUs",
    notLayout: true,
  },
  {
    kind: "load-failed",
    pattern: /load of migration failed: (?<reason>.+?)\s*$/,
    meaning:
      "The end of every failed load. 'Invalid argument' is a version, a value or a length; 'No such file or directory' a subsection that is not known; 'Operation not permitted' a value that was refused; 'Input/output error' a stream that ended early.",
    lookAt: "the lines before this one",
    anySection: true,
  },
];

export const help = `usage: vmstate-check OLD NEW [OPTION…]
       vmstate check OLD NEW [OPTION…]

Compares the state metadata of two builds of an emulator and says what breaks when a machine moves from OLD to NEW (forward) and
back (backward), why, and what to do. OLD and NEW are files that 'qemu-system-… -machine NAME -dump-vmstate FILE' wrote, metadata
written by vmstate, or migration streams that end with a description; each may be gzip; - is standard input, once.

  --vm FILE               count only the devices of one VM: a list of QOM types, the text of 'info qtree', a libvirt domain (XML),
                          or a migration stream
  --machine NAME          a machine type of the descriptors in the working folder, or a file that vmstate dump wrote for one: conditions that
                          its pinned properties decide are no longer open
  --direction WHICH       forward (default), backward or both: which direction counts for the verdict line and the exit status
  --fail-on WHAT          error (default), warning, info, undecided (also what cannot be decided) or never
  --format FORMAT         text (default), json, jsonl, sarif, junit, github, gitlab or markdown; --json is --format json
  --profile NAME          upstream-forward, distro-both-ways, snapshot-restore or vendor-strict
  --config FILE           settings and suppressions; without it vmstate-check.config.json or .yaml of the working folder, 'none' for neither
  --baseline FILE         findings that the file has do not count
  --update-baseline FILE  write all findings there and go on
  --renames FILE          further known renames; they explain findings and change no verdict
  --old-props FILE, --new-props FILE
                          both builds' answers to QMP's query-machines with compat-props: names the properties behind conditions
  --strict-suppressions   fail when a suppression is unused or expired
  --raw                   print the structural difference of the two files instead
  --max-input BYTES       refuse larger files (64M); a stream's RAM does not count
  --today DATE            the date by which suppressions expire
  --color WHEN            auto (default), always or never
  -v, --verbose           fold nothing

Exit status: 0 compatible, or nothing at or above --fail-on; 1 findings; 2 usage or configuration; 3 a file that cannot be read.

  vmstate-check qemu-7.2.json qemu-10.0.json
  vmstate-check --vm guest.xml --direction both qemu-7.2.json.gz qemu-10.0.json.gz
`;

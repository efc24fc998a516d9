import { type Command, EXIT } from "../command.ts";
import { PROJECT_FILE } from "../compile/project.ts";
import { parseOptions } from "../options.ts";
import { projectMetadata } from "../project-metadata.ts";
import { showSchemaErrors } from "../schema-errors.ts";

export const command: Command = {
  summary: "the metadata of descriptors, for vmstate-check",
  help: `usage: vmstate dump [--machine NAME] [OPTION…] [FILE|FOLDER…]

Prints what descriptors say in the form that QEMU's -dump-vmstate has, with what that lacks: kinds, counts, predicates, and the line of
the descriptor. Descriptors are found as vmstate compile finds them; where there are none, the machine types that come along are taken.

  --machine NAME   a machine type's sections and devices alone, with what its pinned properties decide; name or alias
  --profile NAME   that machine type as one build of the emulator has it
  --config FILE    another file than ${PROJECT_FILE}

  vmstate dump --machine pc-2.2 > pc-2.2.json
`,
  run: async (args, io) => {
    const { values, positionals } = parseOptions(args, {
      machine: { type: "string" },
      profile: { type: "string" },
      config: { type: "string" },
    });
    try {
      io.out(await projectMetadata(values.machine, { config: values.config, paths: positionals }, values.profile));
      return EXIT.ok;
    } catch (error) {
      if (!showSchemaErrors(error, io)) throw error;
      return EXIT.findings;
    }
  },
};

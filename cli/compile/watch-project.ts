import { watch } from "node:fs";
import { join } from "node:path";
import { EXIT, type Io, UsageError } from "../command.ts";
import type { CompileProject } from "./project.ts";

/** Editors write a file in several steps; changes so close together are one. In ms. */
const SETTLE = 50;

/** Compiles at every change below the folders of the descriptors, until the process is told to end. */
export async function watchProject(
  find: () => CompileProject,
  compile: (project: CompileProject) => Promise<number>,
  io: Io,
): Promise<number> {
  const { root, out, descriptors } = find();
  const folders = new Set(descriptors.map((file) => join(root, file.split("/").slice(0, -1).join("/"))));
  const generated = join(root, out);
  io.err("Watching for changes; end with Ctrl-C.\n");
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const changed = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void again(find, compile, io), SETTLE);
    };
    const watchers = [...folders].map((folder) =>
      watch(folder, (_, file) => {
        if (file?.endsWith(".ts") === true && !join(folder, file).startsWith(generated)) changed();
      }),
    );
    process.once("SIGINT", () => {
      for (const each of watchers) each.close();
      resolve(EXIT.ok);
    });
  });
}

/** A descriptor that is half written, or was just removed, is told and waited for. */
async function again(find: () => CompileProject, compile: (project: CompileProject) => Promise<number>, io: Io): Promise<void> {
  try {
    await compile(find());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`${error.message}\n`);
  }
}

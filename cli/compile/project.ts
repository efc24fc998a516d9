import { type CompileProject, findProject as find, type Given, ProjectError } from "../../compiler/read/find-project.ts";
import { UsageError } from "../command.ts";

export { type CompileProject, DESCRIPTORS, PROJECT_FILE } from "../../compiler/read/find-project.ts";

/** What the command line says, else the file, else the layout that most projects have. Throws UsageError. */
export function findProject(given: Given): CompileProject {
  try {
    return find(given);
  } catch (error) {
    throw error instanceof ProjectError ? new UsageError(error.message) : error;
  }
}

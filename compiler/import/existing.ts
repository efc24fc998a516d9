import { resolve } from "node:path";
import { type CallExpression, Node, Project, type SourceFile } from "ts-morph";
import type { Ir, VmsdIr } from "../ir.ts";
import { readDescriptors } from "../read/index.ts";

/** What a folder has already: as the compiler reads it, and as it is written. */
export interface Existing {
  readonly ir: Ir;
  readonly vmsds: readonly ExistingVmsd[];
  /** By absolute path. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly project: Project;
}

export interface ExistingVmsd {
  readonly vmsd: VmsdIr;
  readonly file: SourceFile;
  /** Its name where it is declared; elsewhere it has that of its export, which is the vmsd's id. */
  readonly local: string;
  /** Its declaration with the comments in front. */
  readonly text: string;
}

/** Reads descriptors, paths relative to the root. Throws SchemaErrors: what does not compile is not completed either. */
export function readExisting(root: string, paths: readonly string[]): Existing {
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: { noLib: true, noResolve: true },
  });
  if (paths.length === 0) return { ir: { vmsds: {}, machines: {} }, vmsds: [], files: new Map(), project };
  const { ir, files: all } = readDescriptors(root, paths);
  const files = new Map(all.map((path) => [resolve(root, path), project.addSourceFileAtPath(resolve(root, path))]));
  const vmsds = Object.values(ir.vmsds).flatMap((vmsd) => findVmsd(vmsd, files.get(resolve(root, vmsd.at.file))) ?? []);
  return { ir, vmsds, files, project };
}

/** The call whose first argument stands where the compiler says that the vmsd is declared. */
function findVmsd(vmsd: VmsdIr, file: SourceFile | undefined): ExistingVmsd | undefined {
  if (file === undefined) return undefined;
  const { line, column } = vmsd.at;
  const position = file.compilerNode.getPositionOfLineAndCharacter(line - 1, column - 1);
  const call = file.getDescendantAtPos(position)?.getFirstAncestor((node): node is CallExpression => Node.isCallExpression(node));
  const description = call?.getArguments()[1];
  const declaration = call?.getFirstAncestor(Node.isVariableDeclaration);
  const statement = declaration?.getVariableStatement();
  if (!Node.isObjectLiteralExpression(description) || declaration === undefined || statement === undefined) return undefined;
  return { vmsd, file, local: declaration.getName(), text: statement.getFullText() };
}

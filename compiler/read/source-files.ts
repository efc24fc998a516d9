import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type DiagnosticMessageChain, type ExportDeclaration, type ImportDeclaration, Project, type SourceFile, ts } from "ts-morph";

const PACKAGE_SUBPATH = "vmstate/schema";
const LANGUAGE_FOLDER = join("compiler", "schema");

/** What a module specifier names: the language itself, a file that is read as well, or nothing that can be read. */
export type Module = { readonly is: "language" } | { readonly is: "file"; readonly file: SourceFile } | { readonly is: "unreadable" };

export interface SourceFiles {
  /** Those asked for and those that they import, in the order in which they were met. */
  readonly all: readonly SourceFile[];
  readonly moduleOf: (from: SourceFile, specifier: string) => Module;
  readonly syntaxErrors: () => readonly SyntaxFault[];
}

export interface SyntaxFault {
  readonly file: SourceFile;
  readonly offset: number;
  readonly message: string;
}

/**
 * Parses the files and what they import. Only syntax is looked at: names are resolved over the tree (`definition.ts`), because the
 * checker of TypeScript would spend a second on its own library before it looked at the first descriptor.
 */
export function loadSourceFiles(root: string, files: readonly string[]): SourceFiles {
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: { noLib: true, noResolve: true },
  });
  const all: SourceFile[] = [];
  const known = new Map<string, SourceFile>();
  const add = (path: string): SourceFile => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const file = project.addSourceFileAtPath(path);
    known.set(path, file);
    all.push(file);
    for (const specifier of specifiersOf(file)) moduleOf(file, specifier);
    return file;
  };
  const moduleOf = (from: SourceFile, specifier: string): Module => {
    if (specifier === PACKAGE_SUBPATH) return { is: "language" };
    const path = resolveSpecifier(dirname(from.getFilePath()), specifier);
    if (path === undefined) return { is: "unreadable" };
    return isLanguage(path) ? { is: "language" } : { is: "file", file: add(path) };
  };
  for (const file of files) add(resolve(root, file));
  const syntaxErrors = (): SyntaxFault[] => {
    const program = project.getProgram();
    return all.flatMap((file) =>
      program.getSyntacticDiagnostics(file).map((each) => ({ file, offset: each.getStart(), message: textOf(each.getMessageText()) })),
    );
  };
  return { all, moduleOf, syntaxErrors };
}

function textOf(message: string | DiagnosticMessageChain): string {
  return typeof message === "string" ? message : message.getMessageText();
}

function specifiersOf(file: SourceFile): string[] {
  return [...file.getImportDeclarations().filter(importsValues), ...file.getExportDeclarations()].flatMap(
    (each) => specifierOf(each) ?? [],
  );
}

/** Undefined for none, and for what only a broken file has there. */
export function specifierOf(declaration: ImportDeclaration | ExportDeclaration): string | undefined {
  const { moduleSpecifier } = declaration.compilerNode;
  return moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
}

export function importsValues(declaration: ImportDeclaration): boolean {
  return !declaration.isTypeOnly() && declaration.getImportClause() !== undefined;
}

/** Only relative paths to TypeScript: a package's constants are not the project's own. */
function resolveSpecifier(folder: string, specifier: string): string | undefined {
  if (!specifier.startsWith("./") && !specifier.startsWith("../")) return undefined;
  const path = resolve(folder, specifier);
  const candidates = [path, path.replace(/\.js$/, ".ts"), `${path}.ts`, join(path, "index.ts")];
  return candidates.find((each) => each.endsWith(".ts") && existsSync(each));
}

const packages = new Map<string, string | undefined>();

/** The language's files are told by where they lie in the package, wherever that is installed or checked out. */
function isLanguage(path: string): boolean {
  const home = packageOf(dirname(path));
  return home !== undefined && relative(home, path).startsWith(LANGUAGE_FOLDER + sep);
}

/** The folder of the package named vmstate that a folder lies in. */
function packageOf(folder: string): string | undefined {
  if (packages.has(folder)) return packages.get(folder);
  const file = join(folder, "package.json");
  const above = dirname(folder);
  let home: string | undefined;
  if (existsSync(file)) home = (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name === "vmstate" ? folder : undefined;
  else if (above !== folder) home = packageOf(above);
  packages.set(folder, home);
  return home;
}

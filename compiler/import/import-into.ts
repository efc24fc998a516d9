import type { ImportDeclaration, SourceFile } from "ts-morph";
import { docText } from "./doc.ts";
import { insertMembers } from "./members.ts";
import type { TargetFile } from "./target-file.ts";

/**
 * The name by which a file may use an export of a module: that by which it imports it already, or a new import. `other` is taken where the
 * file calls something else so.
 */
export function importInto(
  target: TargetFile,
  name: string,
  other: string,
  specifier: string,
  isModule: (specifier: string) => boolean,
): string {
  const own = target.file.getImportDeclarations().filter((each) => !each.isTypeOnly() && isModule(each.getModuleSpecifierValue()));
  for (const declaration of own) {
    const namespace = declaration.getNamespaceImport()?.getText();
    if (namespace !== undefined) return `${namespace}.${name}`;
    const found = declaration.getNamedImports().find((each) => each.getName() === name && !each.isTypeOnly());
    if (found !== undefined) return found.getAliasNode()?.getText() ?? name;
  }
  const local = topNames(target.file).includes(name) ? other : name;
  const text = local === name ? name : `${name} as ${local}`;
  const open = own.find((each) => each.getNamedImports().length > 0);
  if (open === undefined) addImport(target, text, specifier);
  else addName(target, open, text);
  return local;
}

/** What has a name at the top of a file: declarations and imports. */
export function topNames(file: SourceFile): string[] {
  const imported = file
    .getImportDeclarations()
    .flatMap((each) => each.getNamedImports().map((one) => one.getAliasNode()?.getText() ?? one.getName()));
  const named = [...file.getFunctions(), ...file.getClasses(), ...file.getEnums()].flatMap((each) => each.getName() ?? []);
  return [...imported, ...named, ...file.getVariableDeclarations().map((each) => each.getName())];
}

/** By letters, numbers by their value, as the formatter sorts. */
export function compareNames(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

function addName(target: TargetFile, declaration: ImportDeclaration, text: string): void {
  const members = declaration.getNamedImports();
  const before = members.findIndex((each) => compareNames(each.getName(), text) > 0);
  const node = members[0]?.getParentOrThrow();
  if (node === undefined) return;
  target.edit(insertMembers({ node, members }, [{ after: before < 0 ? members.length - 1 : before - 1, member: text }]));
}

/** In the order of their modules, the language first as it stands furthest out. */
function addImport(target: TargetFile, text: string, specifier: string): void {
  const imports = target.file.getImportDeclarations();
  const line = `import ${docText({ elements: [text] }, "", 0).replace(/^\[(.*)\]$/, "{ $1 }")} from ${JSON.stringify(specifier)};\n`;
  const before = imports.find((each) => compareModules(each.getModuleSpecifierValue(), specifier) > 0);
  if (before !== undefined) {
    target.edit([{ start: before.getStart(), end: before.getStart(), text: line }]);
    return;
  }
  const last = imports.at(-1);
  if (last !== undefined) {
    target.edit([{ start: last.getEnd(), end: last.getEnd(), text: `\n${line.trimEnd()}` }]);
    return;
  }
  const isEmpty = target.file.getFullText().trim() === "";
  target.edit([{ start: 0, end: 0, text: isEmpty ? line : `${line}\n` }]);
}

/** Packages, then paths that lead up, then those beside. */
function compareModules(a: string, b: string): number {
  const rank = (specifier: string): number => (specifier.startsWith("../") ? 1 : specifier.startsWith(".") ? 2 : 0);
  return rank(a) - rank(b) || compareNames(a, b);
}

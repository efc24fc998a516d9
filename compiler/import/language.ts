import { dirname, relative, resolve, sep } from "node:path";
import type { SourceFile } from "ts-morph";

const PACKAGE_SUBPATH = "vmstate/schema";
/** Where the language lies in the package's own sources. */
const OWN = /(^|\/)compiler\/schema\/index(\.ts|\.js)?$/;

/** Whether a file imports the language by that specifier. */
export function isLanguage(_path: string, specifier: string): boolean {
  return specifier === PACKAGE_SUBPATH || (specifier.startsWith(".") && OWN.test(specifier));
}

/** How a file at a path imports the language: as it was asked for, as a descriptor that is there does, or by the package. */
export function languageFinder(files: ReadonlyMap<string, SourceFile>, asked: string | undefined): (path: string) => string {
  const used = [...files].flatMap(([path, file]) =>
    file
      .getImportDeclarations()
      .map((each) => each.getModuleSpecifierValue())
      .filter((specifier) => isLanguage(path, specifier))
      .map((specifier) => (specifier.startsWith(".") ? resolve(dirname(path), specifier) : specifier)),
  )[0];
  const found = asked ?? used ?? PACKAGE_SUBPATH;
  return (path) => (found.startsWith("/") ? relative(dirname(path), found).split(sep).join("/") : found);
}

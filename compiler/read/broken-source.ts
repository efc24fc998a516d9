import { Node } from "ts-morph";
import { refuse } from "./refusal.ts";
import { attempt, note, placeAt, type Report } from "./report.ts";
import { importsValues, type SourceFiles, specifierOf } from "./source-files.ts";

/** What TypeScript's parser could not read, and imports that lead nowhere. */
export function refuseBrokenSource(sources: SourceFiles, report: Report): void {
  for (const { file, offset, message } of sources.syntaxErrors()) note(report, "", "syntax", message, placeAt(file, offset, report.root));
  for (const file of sources.all)
    for (const declaration of [...file.getImportDeclarations().filter(importsValues), ...file.getExportDeclarations()])
      attempt(report, "", () => {
        const specifier = specifierOf(declaration);
        // Without a path an export is the file's own; an import is broken, though TypeScript's parser lets it pass.
        if (specifier === undefined && Node.isImportDeclaration(declaration))
          refuse("unresolved-import", declaration, "An import names no file.");
        if (specifier?.startsWith(".") === true && sources.moduleOf(file, specifier).is === "unreadable")
          refuse("unresolved-import", declaration, `'${specifier}' is no TypeScript file.`);
      });
}

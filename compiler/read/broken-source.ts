import { refuse } from "./refusal.ts";
import { attempt, note, placeAt, type Report } from "./report.ts";
import { importsValues, type SourceFiles } from "./source-files.ts";

/** What TypeScript's parser could not read, and imports that lead nowhere. */
export function refuseBrokenSource(sources: SourceFiles, report: Report): void {
  for (const { file, offset, message } of sources.syntaxErrors()) note(report, "", "syntax", message, placeAt(file, offset, report.root));
  for (const file of sources.all)
    for (const declaration of [...file.getImportDeclarations().filter(importsValues), ...file.getExportDeclarations()])
      attempt(report, "", () => {
        const specifier = declaration.getModuleSpecifierValue();
        if (specifier?.startsWith(".") === true && sources.moduleOf(file, specifier).is === "unreadable")
          refuse("unresolved-import", declaration, `'${specifier}' is no TypeScript file.`);
      });
}

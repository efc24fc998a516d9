import { type CallExpression, Node, type SourceFile, SyntaxKind, type VariableDeclaration } from "ts-morph";
import { bare, type Resolve } from "./definition.ts";
import type { Declared } from "./reading.ts";
import { refuse } from "./refusal.ts";
import { attempt, placeOf, type Report } from "./report.ts";
import { showPlace } from "./schema-error.ts";

/** Every vmsd and machine type of the files, by its variable. One that is not exported is refused, yet known, so that what holds it is read. */
export function findDeclarations(files: readonly SourceFile[], resolve: Resolve, report: Report): Map<Node, Declared> {
  const declared = new Map<Node, Declared>();
  const byId = new Map<string, Declared>();
  for (const file of files)
    for (const { call, is } of callsOf(file, resolve))
      attempt(report, "", () => {
        const declaration = variableOf(call);
        if (declaration === undefined) return refuseWithin(is, call);
        const id = exportName(declaration);
        const one: Declared = { is, id: id ?? declaration.getName(), declaration, call };
        declared.set(declaration, one);
        if (id === undefined) return refuse("not-exported", declaration, `The ${WORDS[is]} '${one.id}' is not exported.`);
        const before = byId.get(id);
        if (before === undefined) return void byId.set(id, one);
        const place = showPlace(placeOf(before.declaration, report.root));
        return refuse(
          "duplicate-export",
          declaration,
          `'${id}' is exported from ${place} as well; an export's name is the name of its generated module.`,
        );
      });
  return declared;
}

/** Said in the same words where it is used, so that it is said once. */
export function refuseWithin(is: Declared["is"], call: CallExpression): never {
  return refuse("not-exported", call, `A ${WORDS[is]} is declared as 'export const', not within something else.`);
}

const WORDS = { vmsd: "vmsd", machine: "machine type" } as const;

function callsOf(file: SourceFile, resolve: Resolve): { call: CallExpression; is: Declared["is"] }[] {
  return file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    const callee = call.getExpression();
    if (!Node.isIdentifier(callee) && !Node.isPropertyAccessExpression(callee)) return [];
    const definition = resolve(callee);
    if (definition?.is !== "language") return [];
    return definition.name === "vmsd" || definition.name === "machine" ? [{ call, is: definition.name }] : [];
  });
}

/** The top-level constant that a call is the value of. */
function variableOf(call: CallExpression): VariableDeclaration | undefined {
  const declaration = call.getFirstAncestorByKind(SyntaxKind.VariableDeclaration);
  const initializer = declaration?.getInitializer();
  if (initializer === undefined || bare(initializer) !== call) return undefined;
  const statement = declaration?.getVariableStatement();
  return Node.isSourceFile(statement?.getParent()) ? declaration : undefined;
}

/** The name that a variable is exported under, which `export { x as y }` may have changed. */
function exportName(declaration: VariableDeclaration): string | undefined {
  if (declaration.getVariableStatement()?.isExported() === true) return declaration.getName();
  for (const each of declaration.getSourceFile().getExportDeclarations()) {
    if (each.getModuleSpecifier() !== undefined) continue;
    const named = each.getNamedExports().find((one) => one.getName() === declaration.getName());
    if (named !== undefined) return (named.getAliasNode() ?? named.getNameNode()).getText();
  }
  return undefined;
}

import {
  type EnumDeclaration,
  type EnumMember,
  type Expression,
  Node,
  type SourceFile,
  type VariableDeclaration,
  VariableDeclarationKind,
} from "ts-morph";
import { importsValues, type SourceFiles, specifierOf } from "./source-files.ts";

/**
 * What a name stands for. Descriptors are top-level constants, so that looking through a file's statements and following its imports
 * is all of name resolution that the language needs.
 */
export type Definition =
  | { readonly is: "language"; readonly name: string }
  | { readonly is: "const"; readonly declaration: VariableDeclaration; readonly initializer: Expression }
  | { readonly is: "enum"; readonly declaration: EnumDeclaration }
  | { readonly is: "member"; readonly member: EnumMember }
  | { readonly is: "value"; readonly value: Expression }
  | { readonly is: "module"; readonly of: "language" | SourceFile }
  /** Declared, but nothing that a descriptor may use; `what` names it with its article. */
  | { readonly is: "other"; readonly what: string };

export type Resolve = (name: Expression) => Definition | undefined;

/** Without parentheses, `as`, `satisfies` and `!`, which say nothing about the value. */
export function bare(node: Expression): Expression {
  let inner = node;
  while (
    Node.isParenthesizedExpression(inner) ||
    Node.isAsExpression(inner) ||
    Node.isSatisfiesExpression(inner) ||
    Node.isNonNullExpression(inner)
  )
    inner = inner.getExpression();
  return inner;
}

/** Resolves names and the members of what they stand for; undefined for a name that no file declares. */
export function resolver(files: SourceFiles): Resolve {
  const tables = new Map<SourceFile, ReadonlyMap<string, () => Definition | undefined>>();
  const named = (file: SourceFile, name: string): Definition | undefined => {
    const table = tables.get(file) ?? topLevel(file, files, exported);
    tables.set(file, table);
    return table.get(name)?.();
  };
  const exported = (file: SourceFile, name: string): Definition | undefined => {
    for (const declaration of file.getExportDeclarations()) {
      const specifier = specifierOf(declaration);
      const target = specifier === undefined ? undefined : files.moduleOf(file, specifier);
      for (const each of declaration.getNamedExports()) {
        if ((each.getAliasNode() ?? each.getNameNode()).getText() !== name) continue;
        if (target === undefined) return named(file, each.getName());
        if (target.is === "language") return { is: "language", name: each.getName() };
        return target.is === "file" ? exported(target.file, each.getName()) : unreadable(specifier);
      }
      if (!declaration.isNamespaceExport() || declaration.getNamespaceExport() !== undefined) continue;
      if (target?.is === "language") continue;
      const found = target?.is === "file" ? exported(target.file, name) : undefined;
      if (found !== undefined) return found;
    }
    return named(file, name);
  };
  const resolve: Resolve = (expression) => {
    const node = bare(expression);
    if (Node.isIdentifier(node)) return named(node.getSourceFile(), node.getText());
    if (Node.isPropertyAccessExpression(node)) return memberOf(resolve(node.getExpression()), node.getName(), exported);
    return undefined;
  };
  return resolve;
}

type Exported = (file: SourceFile, name: string) => Definition | undefined;

function topLevel(file: SourceFile, files: SourceFiles, exported: Exported): ReadonlyMap<string, () => Definition | undefined> {
  const table = new Map<string, () => Definition | undefined>();
  const put = (name: string, definition: Definition): unknown => table.set(name, () => definition);
  for (const statement of file.getStatements()) {
    if (Node.isImportDeclaration(statement) && importsValues(statement)) {
      const specifier = specifierOf(statement) ?? "";
      const target = files.moduleOf(file, specifier);
      const from = (name: string): Definition | undefined => {
        if (target.is === "language") return { is: "language", name };
        return target.is === "file" ? exported(target.file, name) : unreadable(specifier);
      };
      for (const each of statement.getNamedImports())
        table.set((each.getAliasNode() ?? each.getNameNode()).getText(), () => from(each.getName()));
      const single = statement.getDefaultImport();
      if (single !== undefined) put(single.getText(), { is: "other", what: "a default import" });
      const all = statement.getNamespaceImport();
      if (all !== undefined && target.is !== "unreadable")
        put(all.getText(), { is: "module", of: target.is === "language" ? "language" : target.file });
    } else if (Node.isVariableStatement(statement)) {
      const kind = statement.getDeclarationKind();
      for (const each of statement.getDeclarations()) put(each.getName(), variable(each, kind));
    } else if (Node.isEnumDeclaration(statement)) put(statement.getName(), { is: "enum", declaration: statement });
    else if (Node.isFunctionDeclaration(statement)) put(statement.getName() ?? "", { is: "other", what: "a function declaration" });
    else if (Node.isClassDeclaration(statement)) put(statement.getName() ?? "", { is: "other", what: "a class" });
  }
  return table;
}

function variable(declaration: VariableDeclaration, kind: VariableDeclarationKind): Definition {
  if (kind !== VariableDeclarationKind.Const) return { is: "other", what: `a '${kind}'` };
  const initializer = declaration.getInitializer();
  return initializer === undefined ? { is: "other", what: "a declaration without a value" } : { is: "const", declaration, initializer };
}

function unreadable(specifier: string | undefined): Definition {
  return { is: "other", what: `an import from '${specifier}'` };
}

function memberOf(owner: Definition | undefined, name: string, exported: Exported): Definition | undefined {
  if (owner === undefined || owner.is === "other") return owner;
  if (owner.is === "module") return owner.of === "language" ? { is: "language", name } : exported(owner.of, name);
  if (owner.is === "enum") {
    const member = owner.declaration.getMember(name);
    return member === undefined ? undefined : { is: "member", member };
  }
  const value = owner.is === "const" ? owner.initializer : owner.is === "value" ? owner.value : undefined;
  const object = value === undefined ? undefined : bare(value);
  if (!Node.isObjectLiteralExpression(object)) return undefined;
  if (owner.is === "const" && !isFrozen(owner.initializer)) return { is: "other", what: "a member of an object that is not 'as const'" };
  const property = object.getProperties().find((each) => Node.isPropertyAssignment(each) && keyOf(each.getNameNode()) === name);
  const inner = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
  return inner === undefined ? undefined : { is: "value", value: inner };
}

function isFrozen(initializer: Expression): boolean {
  return Node.isAsExpression(initializer) && initializer.getTypeNode()?.getText() === "const";
}

/** The name that a key of an object or an enum gives; undefined for one that is computed. */
export function keyOf(name: Node): string | undefined {
  if (Node.isIdentifier(name)) return name.getText();
  return Node.isStringLiteral(name) || Node.isNumericLiteral(name) ? String(name.getLiteralValue()) : undefined;
}

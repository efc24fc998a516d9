import { dirname, relative, resolve, sep } from "node:path";
import { Node, type ObjectLiteralExpression, type SourceFile, type VariableDeclaration } from "ts-morph";
import type { Family } from "./family.ts";
import { importInto } from "./import-into.ts";
import type { Scope } from "./vmsd-doc.ts";

/** One place of a file's text and what is put there. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where a vmsd is declared and what it is called there and elsewhere. */
export interface Declared {
  readonly id: string;
  readonly local: string;
  readonly path: string;
}

/** How files name the language and each other. */
export interface Surroundings {
  readonly declaredAt: (family: Family) => Declared;
  /** The language's module, as a file at that path imports it. */
  readonly languageFrom: (path: string) => string;
  readonly isLanguage: (path: string, specifier: string) => boolean;
}

/** A file that is written or completed. Each edit is made by ts-morph at once, so that the next one sees it. */
export class TargetFile {
  readonly path: string;
  readonly file: SourceFile;
  /** The text on disk; undefined for a file that is new. */
  readonly before: string | undefined;
  readonly scope: Scope;
  readonly #around: Surroundings;

  constructor(path: string, file: SourceFile, before: string | undefined, around: Surroundings) {
    this.path = path;
    this.file = file;
    this.before = before;
    this.#around = around;
    this.scope = { word: (name) => this.#word(name), vmsd: (family) => this.#vmsd(family) };
  }

  get text(): string {
    const text = this.file.getFullText();
    return this.before?.includes("\r\n") === true ? text.replace(/\r?\n/g, "\r\n") : text;
  }

  edit(changes: readonly Change[]): void {
    const last = changes.map((change, at) => ({ change, at })).sort((a, b) => b.change.start - a.change.start || b.at - a.at);
    for (const { change } of last) this.file.replaceText([change.start, change.end], change.text);
  }

  /** Puts a declaration in front of that of another, or at the end. */
  declare(text: string, before?: string): void {
    const statement = before === undefined ? undefined : this.variable(before)?.getVariableStatement();
    const at = statement?.getStart(true) ?? this.file.getEnd();
    const isFirst = this.file.getFullText().trim() === "";
    this.edit([{ start: at, end: at, text: statement === undefined ? `${isFirst ? "" : "\n"}${text}` : `${text}\n` }]);
  }

  variable(local: string): VariableDeclaration | undefined {
    return this.file.getVariableDeclaration(local);
  }

  /** The object that describes a vmsd, or one of its parts; undefined where that is not written in place. */
  object(local: string, ...path: readonly string[]): ObjectLiteralExpression | undefined {
    const call = this.variable(local)?.getInitializer()?.getDescendants().find(Node.isObjectLiteralExpression);
    return path.reduce<ObjectLiteralExpression | undefined>((object, key) => memberObject(object, key), call);
  }

  #word(name: string): string {
    const specifier = this.#around.languageFrom(this.path);
    return importInto(this, name, `${name}Kind`, specifier, (each) => this.#around.isLanguage(this.path, each));
  }

  #vmsd(family: Family): string {
    const { id, local, path } = this.#around.declaredAt(family);
    if (path === this.path) return local;
    const between = relative(dirname(this.path), path).split(sep).join("/");
    const specifier = between.startsWith("../") ? between : `./${between}`;
    return importInto(this, id, `${id}Vmsd`, specifier, (each) => resolves(this.path, each, path));
  }
}

function resolves(from: string, specifier: string, path: string): boolean {
  if (!specifier.startsWith(".")) return false;
  const target = resolve(dirname(from), specifier);
  return [target, target.replace(/\.js$/, ".ts"), `${target}.ts`].includes(path);
}

function memberObject(object: ObjectLiteralExpression | undefined, key: string): ObjectLiteralExpression | undefined {
  const member = object?.getProperties().find((each) => Node.isPropertyAssignment(each) && nameIn(each.getNameNode()) === key);
  const value = Node.isPropertyAssignment(member) ? member.getInitializer() : undefined;
  return Node.isObjectLiteralExpression(value) ? value : undefined;
}

/** A key as it is meant, without quotes. */
export function nameIn(node: Node): string {
  return Node.isStringLiteral(node) || Node.isNumericLiteral(node) ? String(node.getLiteralValue()) : node.getText();
}

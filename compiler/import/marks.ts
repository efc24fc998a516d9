import { Node, type SourceFile, SyntaxKind } from "ts-morph";
import { nameIn } from "./target-file.ts";
import { MARK } from "./vmsd-doc.ts";

/** A place of which the metadata does not say all; someone has to, and then removes the comment. */
export interface Mark {
  readonly file: string;
  readonly line: number;
  /** `e1000/unused`. */
  readonly path: string;
  readonly sentence: string;
}

/** The marks in a file, old and new. */
export function marksIn(source: SourceFile, file: string): Mark[] {
  return source.getDescendantsOfKind(SyntaxKind.PropertyAssignment).flatMap((member) =>
    sentences(member).map(({ sentence, offset }) => ({
      file,
      line: source.getLineAndColumnAtPos(offset).line,
      path: pathOf(member),
      sentence,
    })),
  );
}

/** A sentence may go on over the next lines. */
function sentences(member: Node): { sentence: string; offset: number }[] {
  const found: { sentence: string; offset: number }[] = [];
  let isOpen = false;
  for (const comment of member.getLeadingCommentRanges()) {
    const text = comment.getText().replace(/^\/\/\s*/, "");
    const last = found.at(-1);
    if (text.startsWith(MARK)) found.push({ sentence: text.slice(MARK.length).trim(), offset: comment.getPos() });
    else if (isOpen && last !== undefined && !/^\w+:/.test(text)) last.sentence += ` ${text}`;
    isOpen = text.startsWith(MARK) || (isOpen && !/^\w+:/.test(text));
  }
  return found;
}

/** The names of the vmsd or subsection and the field. */
function pathOf(member: Node): string {
  const key = Node.isPropertyAssignment(member) ? nameIn(member.getNameNode()) : "";
  const body = member.getParent()?.getParent();
  const isField = Node.isPropertyAssignment(body) && nameIn(body.getNameNode()) === "fields";
  const around = isField ? body.getParentOrThrow() : (member.getParent() as Node);
  const outer = around.getParentOrThrow();
  const name = Node.isPropertyAssignment(outer)
    ? nameIn(outer.getNameNode())
    : Node.isCallExpression(outer)
      ? (outer.getArguments()[0] as Node)
      : undefined;
  const text = typeof name === "object" ? nameIn(name) : (name ?? "");
  return isField ? `${text}/${key}` : text;
}

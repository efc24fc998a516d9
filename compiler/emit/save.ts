import { block, type Code, code, list, NEVER, raw } from "../code/code.ts";
import { mentions, parameter, reads, taken } from "../code/reads.ts";
import type { Definition } from "../code/scope.ts";
import { decided } from "../expr/fold.ts";
import { print } from "../expr/print.ts";
import type { BodyIr, FieldIr, SubsectionIr, VmsdIr } from "../ir.ts";
import { hasProperties, type Module } from "../kinds/body/module.ts";
import { SaveBody, saveAt } from "../kinds/body/save-body.ts";
import { shapeOf } from "../kinds/body/shape.ts";
import { saveMoving } from "../kinds/elements.ts";
import { sizeOf } from "../kinds/index.ts";
import { isLarge } from "./large.ts";
import { presenceOnSave } from "./presence.ts";
import { saveRun } from "./save-run.ts";
import { headerSize, headerStores } from "./subsection-header.ts";

/** The functions that write a vmsd's state: at its newest version, and at those at which a `vstruct` wants it. */
export function emitSaves(vmsd: VmsdIr, into: Module): readonly Definition[] {
  return [
    emitSave(vmsd, vmsd.versionId, raw("save"), into),
    ...into.program.pinnedVersions(vmsd.id).map((versionId) => emitSave(vmsd, versionId, saveAt(versionId), into)),
  ];
}

function emitSave(vmsd: VmsdIr, versionId: number, name: Code, into: Module): Definition {
  const shape = shapeOf(vmsd);
  const body = new SaveBody(into, vmsd.name, versionId, shape);
  const fields = saveFields(vmsd, versionId, body);
  const subsections = saveSubsections(vmsd, vmsd, body);
  const large = isLarge([...fields, ...subsections]);
  const statements = [...fields, ...(large ? saveSubsections(vmsd, vmsd, body, (inner) => apart(inner, vmsd, body)) : subsections)];
  const groups = shape.form === "groups" ? [code`const { ${list(shape.groups.map((group) => raw(group.name)))} } = grouped(s);`] : [];
  const all = withoutUnread([...groups, ...statements, code`w.at = o;`]);
  const properties = hasProperties(vmsd) ? code`, ${parameter("m", all)}: Properties = DEFAULTS` : raw("");
  const text = block(code`function ${name}(${parameter("s", all)}: State, w: ${into.use("ByteWriter")}${properties}): void`, [
    code`let { ${taken({ view: "d", bytes: "b", at: "o" }, all)} } = w;`,
    ...all,
  ]);
  return { name: name.text, text, exported: true };
}

/** Taken anew when the buffer grows; the one that nothing reads need not be. */
const TAKEN = { b: "b = w.bytes;", d: "d = w.view;" };

function withoutUnread(statements: readonly Code[]): readonly Code[] {
  const unread = Object.entries(TAKEN).flatMap(([name, text]) => (reads(statements, name) ? [] : [text]));
  const kept = ({ text }: Code): Code =>
    raw(
      text
        .split("\n")
        .filter((line) => !unread.includes(line.trim()))
        .join("\n"),
    );
  return unread.length === 0 ? statements : statements.map(kept).filter(({ text }) => text !== "");
}

function saveFields(of: BodyIr, versionId: number, body: SaveBody): readonly Code[] {
  const version = body.within(of.name, versionId);
  const program = body.module.program;
  const out: Code[] = [...of.fields.flatMap((field) => validation(field, of, version))];
  let run: FieldIr[] = [];
  const flush = (): void => {
    out.push(...saveRun(run, version));
    run = [];
  };
  for (const field of of.fields) {
    const presence = presenceOnSave(field, version.versionId);
    if (presence === "never") continue;
    if (presence === "always" && sizeOf(field.kind, program) !== undefined) {
      run.push(field);
      continue;
    }
    flush();
    version.field = field.name;
    const statements = saveMoving(field.kind, body.value(field.key), version);
    out.push(...(presence === "always" ? statements : [block(code`if (${version.expr(presence)})`, statements)]));
  }
  flush();
  return out;
}

/** Looked at before the first byte is written. */
function validation(field: FieldIr, of: BodyIr, body: SaveBody): readonly Code[] {
  const presence = presenceOnSave(field, body.versionId);
  if (field.validate === undefined || presence === "never") return [];
  const rule = body.condition(field.validate);
  if (decided(rule) === true) return [];
  const legal = decided(rule) === false ? NEVER : body.expr(rule);
  const given = presence === "always" ? raw("") : code`${raw(`(${body.expr(presence).text})`)} && `;
  const value = body.value(field.key);
  return [
    code`if (${given}!(${legal})) throw ${body.use("unsendable")}(w, ${of.name}, ${field.name}, ${print(field.validate)}, ${value});`,
  ];
}

type Statements = readonly Code[];

/** `written` is what is done with the statements that write one. */
function saveSubsections(
  vmsd: VmsdIr,
  of: VmsdIr | SubsectionIr,
  body: SaveBody,
  written = (statements: Statements): Statements => statements,
): Statements {
  return of.subsections.flatMap((subsection) => {
    const needed = neededOnSave(vmsd, subsection, body);
    if (needed?.text === "false") return [];
    const statements = written([
      body.room(headerSize(subsection)),
      ...headerStores(subsection),
      code`o += ${headerSize(subsection)};`,
      ...saveFields(subsection, subsection.versionId, body),
      ...saveSubsections(vmsd, subsection, body),
    ]);
    if (needed === undefined || needed.text === "true") return statements;
    return [block(code`if (${needed})`, statements)];
  });
}

/** Statements that move the running offset, in a function of their own. */
function apart(given: Statements, vmsd: VmsdIr, body: SaveBody): Statements {
  const { shape, module: into } = body;
  const statements = withoutUnread([...given, code`w.at = o;`]);
  const variables: [string, Code][] = [
    ...(shape.form === "groups" ? shape.groups.map(({ name, type }): [string, Code] => [name, raw(type)]) : []),
    ["s", raw("State")],
    ["w", into.use("ByteWriter")],
    ...(hasProperties(vmsd) ? [["m", raw("Properties")] satisfies [string, Code]] : []),
  ];
  const used = variables.filter(([name]) => mentions(statements, name));
  const taking = code`let { ${taken({ view: "d", bytes: "b", at: "o" }, statements)} } = w;`;
  const parameters = list(used.map(([name, type]) => code`${raw(name)}: ${type}`));
  const name = into.aside("saveSubsection", (name) => block(code`function ${name}(${parameters}): void`, [taking, ...statements]));
  return [
    code`w.at = o;`,
    code`${name}(${list(used.map(([name]) => raw(name)))});`,
    ...[TAKEN.b, TAKEN.d, "o = w.at;"].map((text) => raw(text)),
  ];
}

function neededOnSave(vmsd: VmsdIr, subsection: SubsectionIr, body: SaveBody): Code | undefined {
  if (subsection.needed !== undefined) return body.expr(body.condition(subsection.needed));
  const flag = sentFlag(vmsd, subsection.name);
  return flag === undefined ? undefined : body.value(flag);
}

/** The field of the state that says whether a subsection without a predicate was sent. */
export function sentFlag(vmsd: VmsdIr, subsection: string): string | undefined {
  return vmsd.fields.find(({ kind }) => kind.kind === "sent" && kind.subsection === subsection)?.key;
}

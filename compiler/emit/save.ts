import { print } from "../expr/print.ts";
import type { BodyIr, FieldIr, SubsectionIr, VmsdIr } from "../ir.ts";
import { saveMoving } from "../kinds/elements.ts";
import { kindOf, sizeOf } from "../kinds/index.ts";
import { type At, HERE } from "../kinds/kind.ts";
import { block, type Code, code, dot, raw } from "./code.ts";
import { hasProperties, type Module } from "./module.ts";
import { presenceOnSave } from "./presence.ts";
import { parameter, reads, taken } from "./reads.ts";
import { SaveBody } from "./save-body.ts";
import { headerSize, headerStores } from "./subsection-header.ts";

/** From so many fields on a run is written through a page at constant offsets: half the machine code, and no bounds checks. */
const PAGED = 24;
const PAGE = 8192;

/** The functions that write a vmsd's state: at its newest version, and at those at which a `vstruct` wants it. */
export function emitSaves(vmsd: VmsdIr, into: Module): readonly Code[] {
  return [
    emitSave(vmsd, vmsd.versionId, raw("save"), into),
    ...into.program.pinnedVersions(vmsd.id).map((versionId) => emitSave(vmsd, versionId, saveAt(versionId), into)),
  ];
}

/** The name of the function that writes an older version. */
export function saveAt(versionId: number): Code {
  return raw(`saveAt${versionId}`);
}

function emitSave(vmsd: VmsdIr, versionId: number, name: Code, into: Module): Code {
  const body = new SaveBody(into, vmsd.name, versionId);
  const statements = [...saveFields(vmsd, versionId, body), ...saveSubsections(vmsd, vmsd, body)];
  const all = withoutUnread([...statements, code`w.at = o;`]);
  const properties = hasProperties(vmsd) ? code`, ${parameter("m", all)}: Properties = DEFAULTS` : raw("");
  return block(code`export function ${name}(${parameter("s", all)}: State, w: ${into.use("ByteWriter")}${properties}): void`, [
    code`let { ${taken({ view: "d", bytes: "b", at: "o" }, all)} } = w;`,
    ...all,
  ]);
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
  const version = new SaveBody(body.module, of.name, versionId);
  version.shareNames(body);
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
    const statements = saveMoving(field.kind, dot(raw("s"), field.key), version);
    out.push(...(presence === "always" ? statements : [block(code`if (${version.expr(presence)})`, statements)]));
  }
  flush();
  return out;
}

/** Looked at before the first byte is written. */
function validation(field: FieldIr, of: BodyIr, body: SaveBody): readonly Code[] {
  const presence = presenceOnSave(field, body.versionId);
  if (field.validate === undefined || presence === "never") return [];
  const legal = body.expr(field.validate);
  const given = presence === "always" ? raw("") : code`${raw(`(${body.expr(presence).text})`)} && `;
  const value = dot(raw("s"), field.key);
  return [
    code`if (${given}!(${legal})) throw ${body.use("unsendable")}(w, ${of.name}, ${field.name}, ${print(field.validate)}, ${value});`,
  ];
}

/** Fields of fixed length one behind the other. */
function saveRun(run: readonly FieldIr[], body: SaveBody): readonly Code[] {
  const program = body.module.program;
  const size = run.reduce((sum, { kind }) => sum + (sizeOf(kind, program) ?? 0), 0);
  if (size === 0) return [];
  const paged = run.length >= PAGED && size <= PAGE;
  if (paged) body.module.needsPage(size);
  let at: At = paged ? { view: "PAGE", bytes: "PAGE_BYTES", base: "", offset: 0 } : HERE;
  const writes = run.flatMap((field) => {
    body.field = field.name;
    const statements = kindOf(field.kind).fixed?.write(field.kind, dot(raw("s"), field.key), at, body) ?? [];
    at = { ...at, offset: at.offset + (sizeOf(field.kind, program) ?? 0) };
    return statements;
  });
  const copy = paged ? [code`b.set(PAGE_${size}, o);`] : [];
  return [body.room(size), ...writes, ...copy, code`o += ${size};`];
}

function saveSubsections(vmsd: VmsdIr, of: VmsdIr | SubsectionIr, body: SaveBody): readonly Code[] {
  return of.subsections.flatMap((subsection) => {
    const needed = neededOnSave(vmsd, subsection, body);
    if (needed?.text === "false") return [];
    const statements = [
      body.room(headerSize(subsection)),
      ...headerStores(subsection),
      code`o += ${headerSize(subsection)};`,
      ...saveFields(subsection, subsection.versionId, body),
      ...saveSubsections(vmsd, subsection, body),
    ];
    if (needed === undefined || needed.text === "true") return statements;
    return [block(code`if (${needed})`, statements)];
  });
}

function neededOnSave(vmsd: VmsdIr, subsection: SubsectionIr, body: SaveBody): Code | undefined {
  if (subsection.needed !== undefined) return body.expr(subsection.needed);
  const flag = sentFlag(vmsd, subsection.name);
  return flag === undefined ? undefined : dot(raw("s"), flag);
}

/** The field of the state that says whether a subsection without a predicate was sent. */
export function sentFlag(vmsd: VmsdIr, subsection: string): string | undefined {
  return vmsd.fields.find(({ kind }) => kind.kind === "sent" && kind.subsection === subsection)?.key;
}

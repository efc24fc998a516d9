import { block, type Code, code, NEVER, raw } from "../code/code.ts";
import { parameter, reads, taken } from "../code/reads.ts";
import type { Definition } from "../code/scope.ts";
import { decided } from "../expr/fold.ts";
import { print } from "../expr/print.ts";
import type { BodyIr, FieldIr, SubsectionIr, VmsdIr } from "../ir.ts";
import { askedFields } from "../kinds/asked-fields.ts";
import { LoadBody } from "../kinds/body/load-body.ts";
import { hasProperties, type Module } from "../kinds/body/module.ts";
import { place } from "../kinds/body/place.ts";
import { shapeOf } from "../kinds/body/shape.ts";
import { closings } from "../kinds/closings.ts";
import { loadMoving } from "../kinds/elements.ts";
import { isInState, kindOf, sizeOf } from "../kinds/index.ts";
import { needsOld } from "../kinds/needs-old.ts";
import { absentOf, allSubsections } from "../kinds/vmsd-fields.ts";
import { absentCode, absentInto, newAbsent } from "../kinds/zero-code.ts";
import { isLarge } from "./large.ts";
import { fresh, stores } from "./load-state.ts";
import { asPresence, type Presence, presenceOnLoad } from "./presence.ts";
import { sentFlag } from "./save.ts";
import { headerMatches, headerSize } from "./subsection-header.ts";

/** A load of more scalars than this copies them to the page first, as their code would not fit the processor's cache. */
const PAGED = 192;

/** The function that reads a state. */
export function emitLoad(vmsd: VmsdIr, into: Module): Definition {
  const body = walked(vmsd, into);
  const finish = body.finish();
  const statements = [...body.out, finish, ...body.page(PAGED), ...fresh(shapeOf(vmsd), body)];
  // Behind the properties, also where there are none: a caller gives those to every codec.
  const properties = hasProperties(vmsd) ? propertiesOf(vmsd, statements) : code`, _m?: unknown`;
  const old = needsOld(vmsd, into.program) ? code`${properties}, ${parameter("old", statements)}?: State` : propertiesOf(vmsd, statements);
  const head = code`function load(r: ${into.use("ByteReader")}, versionId = ${vmsd.versionId}${old}): State`;
  return { name: "load", text: block(head, [...prologue(body, statements), ...statements]), exported: true };
}

/** The same into a state that exists. Nothing is stored before everything has been read that may fail. */
export function emitLoadInto(vmsd: VmsdIr, into: Module): Definition {
  const asked = askedFields(vmsd);
  const body = walked(vmsd, into, (key) => !asked.has(key));
  const finish = body.finish();
  const whole = [...body.out, finish, ...body.page(PAGED), ...stores(shapeOf(vmsd), body)];
  const statements = reads(whole, "old") ? [code`const old: State | undefined = s;`, ...whole] : whole;
  const properties = propertiesOf(vmsd, statements);
  const head = code`function loadInto(${parameter("s", statements)}: State, r: ${into.use("ByteReader")}, versionId = ${vmsd.versionId}${properties}): void`;
  return { name: "loadInto", text: block(head, [...prologue(body, statements), ...statements]), exported: true };
}

function propertiesOf(vmsd: VmsdIr, statements: readonly Code[]): Code {
  return hasProperties(vmsd) ? code`, ${parameter("m", statements)}: Properties = DEFAULTS` : raw("");
}

/** What the statements read of the reader, and the running offset. */
function prologue(body: LoadBody, statements: readonly Code[]): readonly Code[] {
  const moves = body.moves ? [code`let o = o0;`] : [];
  return [code`const { ${taken({ view: "d", bytes: "b", at: "o0", end: "end" }, [...moves, ...statements])} } = r;`, ...moves];
}

function walked(vmsd: VmsdIr, into: Module, fills?: (key: string) => boolean): LoadBody {
  const how = fills === undefined ? {} : { fills };
  const body = walk(vmsd, new LoadBody(into, vmsd.name, how));
  return isLarge(body.out) ? walk(vmsd, new LoadBody(into, vmsd.name, { ...how, isLarge: true })) : body;
}

/** Walks the bytes of all fields and subsections. */
function walk(vmsd: VmsdIr, body: LoadBody): LoadBody {
  body.out.push(...versionChecks(vmsd, "versionId", body));
  for (const field of vmsd.fields) loadField(field, vmsd, body);
  if (vmsd.subsections.length > 0) {
    body.sync();
    for (const subsection of allSubsections(vmsd)) {
      for (const field of subsection.fields) if (isInState(field.kind)) declare(field, body);
    }
    // What predicates ask for is taken out of the bytes before the loop, as it would be lost with the loop's scope.
    const loop = loadSubsections(vmsd, vmsd, body);
    body.out.push(...loop);
  } else body.out.push(noSubsections(vmsd.name, body.here(), body));
  return body;
}

function loadField(field: FieldIr, of: BodyIr, body: LoadBody): void {
  const presence = presenceIn(field, of, body);
  aim(field, of, body);
  if (presence === "never") {
    if (isInState(field.kind)) body.never(field.key, newAbsent(field, body.module), absentOf(field, body.module.program));
    return;
  }
  const fixed = sizeOf(field.kind, body.module.program) !== undefined;
  if (presence === "always" && fixed) {
    const at = body.defer(isInState(field.kind) ? field.key : undefined, field.name, field.kind);
    const closed = closings(field.kind, at, field.name, body);
    // They look at bytes behind the struct, after those of the struct itself.
    if (closed.length > 0) body.check();
    body.out.push(...closed);
    if (field.validate !== undefined) body.take(field.key);
    body.out.push(...validation(field, of, place(at), body));
    return;
  }
  body.sync();
  const name = isInState(field.kind) ? declare(field, body, presence === "always" ? "here" : "in both cases") : raw("_");
  const condition = presence === "always" ? undefined : body.expr(presence);
  const statements = loadValid(field, of, name, body);
  if (condition === undefined) {
    body.out.push(...statements);
    return;
  }
  const assigns = isInState(field.kind) && absentIn(field, body) === undefined;
  const otherwise = assigns ? `} else ${name.text} = ${newAbsent(field, body.module).text};` : "}";
  body.out.push(block(code`if (${condition})`, statements, otherwise));
}

/** A variable for a field's value; with the value that it has when it is absent, unless it always is assigned: where it is read, or in both cases of a condition. */
function declare(field: FieldIr, body: LoadBody, assigned?: "here" | "in both cases"): Code {
  const name = body.variable(field.key);
  const type = kindOf(field.kind).type(field.kind, body.module);
  const absent = assigned === "here" ? undefined : absentIn(field, body);
  if (absent !== undefined) {
    const optional = code`${type} | undefined`;
    body.out.push(code`let ${name}: ${optional};`);
    body.hold(field.key, name, optional, absent);
    return name;
  }
  body.out.push(assigned !== undefined ? code`let ${name}: ${type};` : code`let ${name}: ${type} = ${newAbsent(field, body.module)};`);
  body.hold(field.key, name, type);
  return name;
}

/** How an absent value comes from the one that a state has, where there is one and that is less work than a new one. */
function absentIn(field: FieldIr, body: LoadBody): ((held: Code) => Code) | undefined {
  if (!body.fills(field.key) || absentInto(field, raw("_"), body.module) === undefined) return undefined;
  return (held) => absentInto(field, held, body.module) ?? absentCode(field, body.module);
}

/** When a field is on the wire, with what is known of those before it. */
function presenceIn(field: FieldIr, of: BodyIr, body: LoadBody): Presence {
  const presence = presenceOnLoad(field, of);
  return typeof presence === "string" ? presence : asPresence(body.condition(presence));
}

function aim(field: FieldIr, of: BodyIr, body: LoadBody): void {
  body.vmsd = of.name;
  body.field = field.name;
  body.key = field.key;
  body.since = field.since;
}

/** Reads a field at the running offset and looks at it. */
function loadValid(field: FieldIr, of: BodyIr, name: Code, body: LoadBody): readonly Code[] {
  const start = body.unique("at");
  const loaded = loadMoving(field.kind, name, body);
  const looked = validation(field, of, start, body);
  return looked.length === 0 ? loaded : [code`const ${start} = o;`, ...loaded, ...looked];
}

/** `start` is where the field begins. */
function validation(field: FieldIr, of: BodyIr, start: Code, body: LoadBody): readonly Code[] {
  if (field.validate === undefined) return [];
  const rule = body.condition(field.validate);
  if (decided(rule) === true) return [];
  const legal = decided(rule) === false ? NEVER : body.expr(rule);
  const value = body.value(field.key);
  return [code`if (!(${legal})) throw ${body.use("invalid")}(r, ${of.name}, ${field.name}, ${start}, ${print(field.validate)}, ${value});`];
}

function versionChecks(of: BodyIr, version: string, body: LoadBody): readonly Code[] {
  const refuse = (symbol: "tooNew" | "tooOld", bound: number): Code =>
    code`throw ${body.use(symbol)}(r, ${of.name}, ${raw(version)}, ${bound});`;
  return [
    code`if (${raw(version)} > ${of.versionId}) ${refuse("tooNew", of.versionId)}`,
    ...(of.minimumVersionId > 0 ? [code`if (${raw(version)} < ${of.minimumVersionId}) ${refuse("tooOld", of.minimumVersionId)}`] : []),
  ];
}

/** Subsections come in any order and may be repeated; what begins none of them ends them. */
function loadSubsections(vmsd: VmsdIr, of: VmsdIr | SubsectionIr, body: LoadBody): readonly Code[] {
  if (of.subsections.length === 0) return [noSubsections(of.name, raw("o"), body)];
  const cases = of.subsections.map((subsection) => ({
    when: headerMatches(subsection),
    statements: loadSubsection(vmsd, subsection, body),
  }));
  const otherwise = code`else {\n  ${body.use("endOfSubsections")}(r, ${of.name}, o);\n  break;\n}`;
  const chain = cases.map(({ when, statements }, at) => block(code`${raw(at === 0 ? "" : "else ")}if (${when})`, statements));
  return [block(code`while (o < end && b[o] === 5)`, [...chain, otherwise])];
}

/** What follows may be a subsection that this build does not know. */
function noSubsections(name: string, at: Code, body: LoadBody): Code {
  return code`if (${at} < end && b[${at}] === 5) ${body.use("endOfSubsections")}(r, ${name}, ${at});`;
}

function loadSubsection(vmsd: VmsdIr, subsection: SubsectionIr, body: LoadBody): readonly Code[] {
  const version = body.unique("version");
  const outer = body.version;
  const flag = sentFlag(vmsd, subsection.name);
  const start = [
    code`if (o + ${headerSize(subsection)} > end) throw ${body.use("truncated")}(r, ${subsection.name}, o + ${headerSize(subsection) - 4}, "version_id 4");`,
    code`const ${version} = d.getUint32(o + ${headerSize(subsection) - 4});`,
    code`r.at = o;`,
    ...versionChecks(subsection, version.text, body),
    code`o += ${headerSize(subsection)};`,
    ...(flag === undefined ? [] : [code`${body.value(flag)} = true;`]),
  ];
  body.version = version.text;
  const fields = subsection.fields.flatMap((field) => loadWithin(field, subsection, body));
  body.version = outer;
  return [...start, ...fields, ...loadSubsections(vmsd, subsection, body)];
}

/** A subsection's field, into the variable that it has. */
function loadWithin(field: FieldIr, of: SubsectionIr, body: LoadBody): readonly Code[] {
  const presence = presenceIn(field, of, body);
  if (presence === "never") return [];
  aim(field, of, body);
  const name = isInState(field.kind) ? body.value(field.key) : raw("_");
  const statements = loadValid(field, of, name, body);
  return presence === "always" ? statements : [block(code`if (${body.expr(presence)})`, statements)];
}

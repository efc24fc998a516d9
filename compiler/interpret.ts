import { evaluate, type Scope } from "./expr/evaluate.ts";
import type { Value } from "./expr/expr.ts";
import { Input, inside, Refusal, type State } from "./interpret/input.ts";
import { Output } from "./interpret/output.ts";
import type { Tracer } from "./interpret/tracer.ts";
import type { BodyIr, FieldIr, Scalar, SubsectionIr, VmsdIr } from "./ir.ts";
import { isInState, kindOf } from "./kinds/index.ts";
import type { Program } from "./kinds/kind.ts";
import { SCALARS } from "./kinds/scalars.ts";
import { absentOf, allSubsections } from "./kinds/vmsd-fields.ts";

// The slow codec, straight from the intermediate form and from FORMAT.md, on the wire: the oracle for every codec that is generated.

const SUBSECTION = 0x05;

type Properties = Readonly<Record<string, Scalar>>;

/** The bytes of a state at a version of its vmsd, the newest when none is said. Throws Refusal. */
export function interpretSave(program: Program, id: string, state: Value, properties: Properties = {}, versionId?: number): Uint8Array {
  const out = outputTo(program);
  saveRoot(id, state, properties, versionId, out);
  return Uint8Array.from(out.bytes);
}

/** The bytes up to the field that is refused, where one is. */
export function interpretSaveInPart(program: Program, id: string, state: Value, properties: Properties = {}): Uint8Array {
  const out = outputTo(program);
  try {
    saveRoot(id, state, properties, undefined, out);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return Uint8Array.from(out.bytes);
}

function outputTo(program: Program): Output {
  const out: Output = new Output(program, (inner, version, given, value) =>
    inside(out, () => saveVmsd(program.vmsd(inner), version, given, value as State, out)),
  );
  return out;
}

function saveRoot(id: string, state: Value, properties: Properties, versionId: number | undefined, out: Output): void {
  const vmsd = out.program.vmsd(id);
  saveVmsd(vmsd, versionId ?? vmsd.versionId, { ...vmsd.properties, ...properties }, state as State, out);
}

/**
 * The state in bytes that begin with the vmsd at that version, and where it ends. `old` is the state to load into; `starts` gets where each
 * scalar begins, and the tracer what all bytes are. Throws Refusal.
 */
export function interpretLoad(
  program: Program,
  id: string,
  bytes: Uint8Array,
  versionId: number,
  properties: Properties = {},
  old?: State,
  starts: number[] = [],
  tracer?: Tracer,
): { state: State; end: number } {
  const input: Input = new Input(program, bytes, (inner, version, given, before) =>
    inside(input, () => loadVmsd(program.vmsd(inner), version, given, before as State | undefined, input)),
  );
  input.starts = starts;
  input.tracer = tracer;
  const vmsd = program.vmsd(id);
  const given = { ...vmsd.properties, ...properties };
  const state = loadVmsd(vmsd, versionId, tracer?.watched(given) ?? given, old, input);
  return { state, end: input.at };
}

function saveVmsd(vmsd: VmsdIr, versionId: number, properties: State, state: State, out: Output): void {
  const scope = scopeOf(state, properties, versionId);
  saveBody(vmsd, versionId, scope, state, out);
  saveSubsections(vmsd, vmsd, scope, state, out);
}

function saveBody(body: BodyIr, versionId: number, around: Scope, state: State, out: Output): void {
  const scope = { ...around, versionId };
  const present = body.fields.filter((field) => isThere(field, scope));
  for (const { name, validate } of present)
    if (validate !== undefined && !evaluate(validate, scope)) throw new Refusal("invalid", body.name, [name]);
  for (const field of present) {
    out.site = { vmsd: body.name, field: field.name };
    kindOf(field.kind).interpret.save(field.kind, state[field.key], out, scope);
  }
}

function saveSubsections(vmsd: VmsdIr, of: VmsdIr | SubsectionIr, scope: Scope, state: State, out: Output): void {
  for (const subsection of of.subsections) {
    if (!isNeeded(vmsd, subsection, scope, state)) continue;
    out.put(SUBSECTION, subsection.name.length, ...Buffer.from(subsection.name, "latin1"));
    out.putInteger(BigInt(subsection.versionId), 4);
    saveBody(subsection, subsection.versionId, scope, state, out);
    saveSubsections(vmsd, subsection, scope, state, out);
  }
}

function isNeeded(vmsd: VmsdIr, subsection: SubsectionIr, scope: Scope, state: State): boolean {
  if (subsection.needed !== undefined) return Boolean(evaluate(subsection.needed, scope));
  const flag = sentFlag(vmsd, subsection.name);
  return flag === undefined || state[flag] === true;
}

function sentFlag(vmsd: VmsdIr, subsection: string): string | undefined {
  return vmsd.fields.find(({ kind }) => kind.kind === "sent" && kind.subsection === subsection)?.key;
}

function loadVmsd(vmsd: VmsdIr, versionId: number, properties: State, old: State | undefined, input: Input): State {
  checkVersion(vmsd, versionId, input.at);
  input.tracer?.begin(vmsd.name, versionId, input.at);
  // Its own fields get their values below, whether they are there or not; a subsection may not come, or come twice.
  const within = allSubsections(vmsd).flatMap(({ fields }) => fields.filter(({ kind }) => isInState(kind)));
  const state: State = Object.fromEntries(within.map((field) => [field.key, absentOf(field, input.program)]));
  const scope = scopeOf(state, properties, versionId);
  loadBody(vmsd, versionId, scope, state, old, input);
  loadSubsections(vmsd, vmsd, scope, state, old, input);
  input.tracer?.end(input.at);
  return state;
}

function loadBody(body: BodyIr, versionId: number, around: Scope, state: State, old: State | undefined, input: Input): void {
  const scope = { ...around, versionId };
  for (const field of body.fields) {
    if (!isThere(field, scope)) {
      if (isInState(field.kind) && !Object.hasOwn(state, field.key)) state[field.key] = absentOf(field, input.program);
      continue;
    }
    const start = input.at;
    if (field.kind.kind in SCALARS) input.starts.push(start);
    input.site = { vmsd: body.name, field: field.name, start };
    input.since = field.since;
    const value = kindOf(field.kind).interpret.load(field.kind, input, scope, old?.[field.key]);
    input.tracer?.field(field.name, field.kind, start, input.at);
    if (isInState(field.kind)) state[field.key] = value;
    if (field.validate !== undefined && !evaluate(field.validate, scope)) throw new Refusal("invalid", body.name, [field.name], start);
  }
}

function loadSubsections(vmsd: VmsdIr, of: VmsdIr | SubsectionIr, scope: Scope, state: State, old: State | undefined, input: Input): void {
  for (;;) {
    const { bytes, at } = input;
    const length = bytes[at + 1] ?? 0;
    if (bytes[at] !== SUBSECTION || at + 2 > bytes.length || length <= of.name.length || at + 2 + length > bytes.length) return;
    const name = Buffer.from(bytes.subarray(at + 2, at + 2 + length)).toString("latin1");
    if (!name.startsWith(of.name)) return;
    const subsection = of.subsections.find((each) => each.name === name);
    if (subsection === undefined) throw new Refusal("unknown-subsection", name, [], at);
    input.site = { vmsd: name, field: "version_id" };
    input.take(2 + length);
    const versionId = input.view.getUint32(input.take(4));
    checkVersion(subsection, versionId, at);
    const flag = sentFlag(vmsd, name);
    if (flag !== undefined) state[flag] = true;
    input.tracer?.begin(name, versionId, input.at, input.at - at);
    loadBody(subsection, versionId, scope, state, old, input);
    loadSubsections(vmsd, subsection, scope, state, old, input);
    input.tracer?.end(input.at);
  }
}

function checkVersion({ name, versionId, minimumVersionId }: BodyIr, received: number, start: number): void {
  if (received > versionId) throw new Refusal("too-new", name, [], start);
  if (received < minimumVersionId) throw new Refusal("too-old", name, [], start);
}

function isThere(field: FieldIr, scope: Scope): boolean {
  return field.exists === undefined ? field.since <= scope.versionId : Boolean(evaluate(field.exists, scope));
}

function scopeOf(state: State, properties: State, versionId: number): Scope {
  return { field: (key) => state[key], property: (name) => properties[name], versionId, index: 0 };
}

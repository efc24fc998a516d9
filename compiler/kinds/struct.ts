import { type Code, code, list as commas, dot, optionalDot, propertyName, raw } from "../code/code.ts";
import { evaluate, type Scope } from "../expr/evaluate.ts";
import type { Expr, Value } from "../expr/expr.ts";
import type { State } from "../interpret/input.ts";
import type { Bindings, FieldIr, KindIr, VmsdIr } from "../ir.ts";
import { hasProperties } from "./body/module.ts";
import { saveAt } from "./body/save-body.ts";
import { isInState, kindOf, parseJson, sizeOf } from "./index.ts";
import type { At, Kind, Program } from "./kind.ts";
import { needsOld } from "./needs-old.ts";
import { plainFields } from "./plain-fields.ts";
import { absentOf, stateFields } from "./vmsd-fields.ts";
import { absentCode } from "./zero-code.ts";

type StructIr = KindIr & { kind: "struct" | "vstruct" | "tmp" };

/** Versions at which the vmsd within is written and read: none of them is on the wire. */
const versionsOf = (k: StructIr, vmsd: VmsdIr): { readonly save: number; readonly load: number } =>
  k.kind === "vstruct" ? { save: k.versionId, load: k.versionId } : { save: vmsd.versionId, load: k.kind === "tmp" ? 0 : vmsd.versionId };

/** The fields of a vmsd that is nothing but fixed fields at these versions; undefined for any other, which is read by its own functions. */
function plain(k: StructIr, program: Program): readonly FieldIr[] | undefined {
  const vmsd = program.vmsd(k.vmsd);
  return plainFields(vmsd, versionsOf(k, vmsd), program);
}

/** Where each field begins, from the first on. */
function placed(fields: readonly FieldIr[], at: At, program: Program): { readonly field: FieldIr; readonly at: At }[] {
  let offset = at.offset;
  return fields.map((field) => {
    const own = { ...at, offset };
    offset += sizeOf(field.kind, program) ?? 0;
    return { field, at: own };
  });
}

/** The fields that are on the wire of a struct that is read in place, each where it begins. */
export function placedFields(k: StructIr, at: At, program: Program): { readonly field: FieldIr; readonly at: At }[] {
  return placed(plain(k, program) ?? [], at, program);
}

const faces: Kind<StructIr> = {
  size: (k, program) => plain(k, program)?.reduce((sum, { kind }) => sum + (sizeOf(kind, program) ?? 0), 0),
  type: (k, into) => code`${into.nested(k.vmsd)}.State`,
  zero: (k, program) => zeroState(program.vmsd(k.vmsd), program),
  fixed: {
    read: (k, at, into) => {
      const values = placedFields(k, at, into.program).filter(({ field }) => isInState(field.kind));
      const read = new Map(
        values.map(({ field, at: own }) => [field.key, kindOf(field.kind).fixed?.read(field.kind, own, into) ?? raw("undefined")]),
      );
      const all = stateFields(into.program.vmsd(k.vmsd));
      return code`{ ${commas(all.map((field) => code`${propertyName(field.key)}: ${read.get(field.key) ?? absentCode(field, into)}`))} }`;
    },
    store: (k, target, at, into) => {
      const present = new Map(placedFields(k, at, into.program).map((each) => [each.field.key, each.at]));
      return stateFields(into.program.vmsd(k.vmsd)).flatMap((field) => {
        const own = present.get(field.key);
        const to = dot(target, field.key);
        if (own === undefined) return [code`${to} = ${absentCode(field, into)};`];
        const fixed = kindOf(field.kind).fixed;
        return fixed?.store?.(field.kind, to, own, into) ?? [code`${to} = ${fixed?.read(field.kind, own, into) ?? raw("undefined")};`];
      });
    },
    write: (k, value, at, body) => {
      const outer = body.field;
      const statements = placedFields(k, at, body.module.program).flatMap(({ field, at: own }) => {
        body.field = `${outer}.${field.name}`;
        return kindOf(field.kind).fixed?.write(field.kind, dot(value, field.key), own, body) ?? [];
      });
      body.field = outer;
      return statements;
    },
  },
  moving: {
    save: (k, value, body) => {
      const inner = body.module.program.vmsd(k.vmsd);
      const properties = propertiesFor(inner, k.with, (expr) => body.expr(expr));
      const versionId = versionsOf(k, inner).save;
      const save = versionId === inner.versionId ? raw("save") : saveAt(versionId);
      return [
        code`w.at = o;`,
        code`w.path.enter(${body.vmsd}, ${body.field}, ${body.element()});`,
        code`${body.module.nested(k.vmsd)}.${save}(${commas([value, raw("w"), ...properties])});`,
        code`w.path.leave();`,
        code`o = w.at;`,
        code`b = w.bytes;`,
        code`d = w.view;`,
      ];
    },
    load: (k, target, body) => {
      const inner = body.module.program.vmsd(k.vmsd);
      const properties = propertiesFor(inner, k.with, (expr) => body.expr(expr));
      const old = needsOld(inner, body.module.program) ? body.old() : undefined;
      const args = [
        raw("r"),
        raw(String(versionsOf(k, inner).load)),
        ...properties,
        ...(old === undefined ? [] : [...(properties.length === 0 ? [raw("undefined")] : []), optionalDot(raw("old"), old)]),
      ];
      return [
        code`r.at = o;`,
        code`r.path.enter(${body.vmsd}, ${body.field}, ${body.element()});`,
        code`${target} = ${body.module.nested(k.vmsd)}.load(${commas(args)});`,
        code`r.path.leave();`,
        code`o = r.at;`,
      ];
    },
  },
  interpret: {
    save: (k, value, out, scope) => {
      const inner = out.program.vmsd(k.vmsd);
      out.nested(k.vmsd, versionsOf(k, inner).save, bind(inner, k.with, scope), value);
    },
    load: (k, input, scope, old) => {
      const inner = input.program.vmsd(k.vmsd);
      return input.nested(k.vmsd, versionsOf(k, inner).load, bind(inner, k.with, scope), old);
    },
  },
  parse: (k, json, program) => parseState(program.vmsd(k.vmsd), json as { readonly [key: string]: never }, program),
  // A dump has the size in memory, which says nothing; the bytes on the wire at least are true.
  describe: (k, program) => ({ kind: k.kind, size: sizeOf(k, program) ?? 0, vmsd: k.vmsd }),
  view: {
    toJson: (k, value, body) => code`${body.nested(k.vmsd)}.toJson(${value})`,
    fromJson: (k, json, at, body) => code`${body.nested(k.vmsd)}.fromJson(${json}, ${at})`,
    diff: (k, a, b, at, body) => code`${body.nested(k.vmsd)}.diff(${a}, ${b}, ${at})`,
    schema: (k) => ({ $ref: `#/definitions/${k.vmsd}` }),
  },
};

export const struct = faces as Kind<KindIr & { kind: "struct" }>;
export const vstruct = faces as unknown as Kind<KindIr & { kind: "vstruct" }>;
export const tmp = faces as Kind<KindIr & { kind: "tmp" }>;

/** The argument with the inner vmsd's properties: those around, unless some are set here. */
export function propertiesFor(inner: VmsdIr, bindings: Bindings, show: (expr: Expr) => Code): readonly Code[] {
  if (!hasProperties(inner)) return [];
  if (Object.keys(bindings).length === 0) return [raw("m")];
  const entries = Object.keys(inner.properties).map((name) => {
    const bound = boundTo(bindings, name);
    return code`${propertyName(name)}: ${bound === undefined ? dot(raw("m"), name) : show(bound)}`;
  });
  return [code`{ ${commas(entries)} }`];
}

/** A property may be called like what every object has. */
function boundTo(bindings: Bindings, name: string): Expr | undefined {
  return Object.hasOwn(bindings, name) ? bindings[name] : undefined;
}

/** The properties of the inner vmsd, each worked out when it is first asked for: a tracer is told only of those that matter. */
export function bind(inner: VmsdIr, bindings: Bindings, scope: Scope): State {
  const given: State = {};
  for (const name of Object.keys(inner.properties)) {
    const bound = boundTo(bindings, name);
    let value: { readonly known: Value } | undefined;
    const get = (): Value => {
      value ??= { known: bound === undefined ? scope.property(name) : evaluate(bound, scope) };
      return value.known;
    };
    Object.defineProperty(given, name, { enumerable: true, get });
  }
  return given;
}

function zeroState(vmsd: VmsdIr, program: Program): Value {
  return Object.fromEntries(stateFields(vmsd).map((field) => [field.key, absentOf(field, program)]));
}

/** A state as it is declared in JSON: what it leaves out is absent. */
function parseState(vmsd: VmsdIr, json: { readonly [key: string]: never }, program: Program): Value {
  return Object.fromEntries(
    stateFields(vmsd).map((field) => {
      const given = Object.hasOwn(json, field.key) ? json[field.key] : undefined;
      return [field.key, given === undefined ? absentOf(field, program) : parseJson(field.kind, given, program)];
    }),
  );
}

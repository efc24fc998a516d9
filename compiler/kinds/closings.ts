import { block, type Code, code, raw } from "../code/code.ts";
import type { KindIr } from "../ir.ts";
import type { LoadBody } from "./body/load-body.ts";
import { place } from "./body/place.ts";
import { sizeOf } from "./index.ts";
import type { At } from "./kind.ts";
import { placedFields } from "./struct.ts";

/**
 * Statements that look behind each struct that is read in place for a subsection that this build does not know: taken for data, it
 * would shift all that follows. All bytes of the kind are there. `path` names the field in messages.
 */
export function closings(kind: KindIr, at: At, path: string, body: LoadBody): readonly Code[] {
  const { program } = body.module;
  switch (kind.kind) {
    case "pointer":
      return closings(kind.target, at, path, body);
    case "custom":
      return closings(kind.layout, at, path, body);
    case "array":
      return closingsOfMany(kind.element, raw(String(kind.count)), at, path, body);
    case "array2d":
      return closingsOfMany(kind.element, raw(String(kind.rows * kind.columns)), at, path, body);
    case "struct":
    case "vstruct":
    case "tmp": {
      const within = placedFields(kind, at, program).flatMap(({ field, at: own }) =>
        closings(field.kind, own, `${path}.${field.name}`, body),
      );
      const end = place(at, sizeOf(kind, program) ?? 0);
      const { name } = program.vmsd(kind.vmsd);
      return [...within, code`if (${end} < end && b[${end}] === 5) ${body.use("endOfStruct")}(r, ${body.vmsd}, ${path}, ${name}, ${end});`];
    }
    default:
      return [];
  }
}

/** The same for elements one behind the other. */
export function closingsOfMany(element: KindIr, count: Code, at: At, path: string, body: LoadBody): readonly Code[] {
  if (count.text === "0") return [];
  const size = sizeOf(element, body.module.program) ?? 0;
  const [i, p] = [body.unique("i"), body.unique("p")];
  const inner = closings(element, { ...at, base: p.text, offset: 0 }, path, body);
  if (inner.length === 0) return [];
  return [block(code`for (let ${i} = 0, ${p} = ${place(at)}; ${i} < ${count}; ${i}++, ${p} += ${size})`, inner)];
}

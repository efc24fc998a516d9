import { InputError } from "./input-error.ts";
import type { Source } from "./source.ts";

interface SchemaFault {
  readonly instancePath: string;
  readonly message?: string;
}

/** The first fault that ajv found, as a sentence with the position of the value that is wrong. */
export function shapeError(source: Source, what: string, faults: readonly SchemaFault[] | null | undefined): InputError {
  const fault = faults?.[0];
  const pointer = fault?.instancePath ?? "";
  const place = pointer === "" ? "The file" : pointer;
  const message = `This is not ${what}: ${place} ${fault?.message ?? "has the wrong shape"}.`;
  return new InputError("WRONG_SHAPE", source.path, message, source.locate(pointer) ?? source.positionAt(0));
}

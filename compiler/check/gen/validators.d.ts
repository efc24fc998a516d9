/** A fault that ajv found; `propertyName` is set where a key is wrong, not a value. */
export interface SchemaFault {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly propertyName?: string;
  readonly message?: string;
}

interface Validator {
  (value: unknown): boolean;
  errors?: readonly SchemaFault[] | null;
}

export const validateConfig: Validator;
export const validateBaseline: Validator;
export const validateRenames: Validator;

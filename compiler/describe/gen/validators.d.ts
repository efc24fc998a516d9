interface Validator {
  (value: unknown): boolean;
  errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
}

export const validateMetadata: Validator;
export const validateDescription: Validator;

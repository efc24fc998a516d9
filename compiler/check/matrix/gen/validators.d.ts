import type { SchemaFault } from "../../gen/validators.js";

export const validateSupportPolicy: {
  (value: unknown): boolean;
  errors?: readonly SchemaFault[] | null;
};

import { ARRAY_GOLDENS } from "./arrays.ts";
import { BYTE_GOLDENS } from "./bytes.ts";
import { CHECK_GOLDENS } from "./checks.ts";
import type { Golden } from "./golden.ts";
import { LIST_GOLDENS } from "./lists.ts";
import { OTHER_GOLDENS } from "./others.ts";
import { POINTER_GOLDENS } from "./pointers.ts";
import { SCALAR_GOLDENS } from "./scalars.ts";
import { STRUCT_GOLDENS } from "./structs.ts";

/** Every case of every kind. */
export const GOLDENS: readonly Golden[] = [
  ...SCALAR_GOLDENS,
  ...CHECK_GOLDENS,
  ...ARRAY_GOLDENS,
  ...BYTE_GOLDENS,
  ...STRUCT_GOLDENS,
  ...POINTER_GOLDENS,
  ...LIST_GOLDENS,
  ...OTHER_GOLDENS,
];

export function nameOf({ kind, shows }: Golden): string {
  return `${kind}: ${shows}`;
}

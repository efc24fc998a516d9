/** The part of the package that is used; it brings no types of its own. */
declare module "json-diff" {
  interface DiffOptions {
    readonly color?: boolean;
    /** Most lines of `...` in a row for elements that are the same. */
    readonly maxElisions?: number;
    /** Keys that are shown of every object that differs. */
    readonly outputKeys?: readonly string[];
  }
  export function diffString(old: unknown, new_: unknown, options?: DiffOptions): string;
}

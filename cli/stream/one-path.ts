import { UsageError } from "../command.ts";

/** The one file that a command takes. Throws UsageError. */
export function onePath(positionals: readonly string[], what: string): string {
  const [path, more] = positionals;
  if (path === undefined) throw new UsageError(`${what} is missing.`);
  if (more !== undefined) throw new UsageError(`One ${what} is taken, not '${more}' as well.`);
  return path;
}

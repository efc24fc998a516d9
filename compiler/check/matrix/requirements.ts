import { matchesGlob } from "../policy/glob.ts";
import type { Matrix, MatrixCell } from "./matrix.ts";
import type { SupportPolicy, SupportWindow } from "./support-policy.ts";

export interface WindowState {
  readonly window: SupportWindow;
  /** Expired windows want nothing any more. */
  readonly expired: boolean;
}

/** Metadata that a window needs and no input holds. */
export interface MissingFile {
  /** Place of the window in the policy. */
  readonly window: number;
  readonly message: string;
}

export interface Requirements {
  readonly windows: readonly WindowState[];
  readonly missing: readonly MissingFile[];
  /** The windows that want a cell to load for a machine type. */
  readonly windowsOf: (cell: Pick<MatrixCell, "from" | "to">, machine: string) => readonly number[];
}

/** What a policy wants of the builds and machine types at hand. Patterns that fit no input are missing, never skipped. */
export function requirementsOf(matrix: Matrix, policy: SupportPolicy, today: string): Requirements {
  const wanted = new Map<string, number[]>();
  const missing: MissingFile[] = [];
  const windows = policy.windows.map((window) => ({ window, expired: window.until !== undefined && today > window.until }));
  for (const [at, { window, expired }] of windows.entries()) {
    if (expired) continue;
    const messages = new Set(unmatchedPatterns(matrix, window));
    const paths = pathsOf(matrix, window);
    for (const { from, to, machine } of paths) {
      if (hasFile(matrix, to, machine)) {
        want(wanted, from, to, machine, at);
        if (window.direction === "both") want(wanted, to, from, machine, at);
      } else {
        messages.add(`No metadata of build '${to}' with machine type '${machine}', which '${from}' has; dump it with -machine ${machine}.`);
      }
    }
    if (messages.size === 0 && paths.length === 0) messages.add("The window holds no two different builds.");
    for (const message of messages) missing.push({ window: at, message });
  }
  return { windows, missing, windowsOf: ({ from, to }, machine) => wanted.get(keyOf(from, to, machine)) ?? [] };
}

function* unmatchedPatterns(matrix: Matrix, { from, to, machines }: SupportWindow): Iterable<string> {
  const fits = (pattern: string, names: readonly string[]): boolean => names.some((name) => matchesGlob(pattern, name));
  for (const build of new Set([...from, ...to])) if (!fits(build, matrix.builds)) yield `No metadata of a build '${build}'.`;
  for (const machine of machines) {
    if (!fits(machine, matrix.machines)) {
      yield `No metadata with a machine type '${machine}'.`;
      continue;
    }
    for (const build of from) {
      const ofBuild = matrix.files.filter((file) => matchesGlob(build, file.build));
      const named = ofBuild.flatMap((file) => (file.machine === null ? [] : [file.machine]));
      if (ofBuild.length > 0 && !fits(machine, named)) yield `No metadata of a build '${build}' with a machine type '${machine}'.`;
    }
  }
}

/** Every machine type that a source build has a file of must reach every destination build. */
function pathsOf(matrix: Matrix, { from, to, machines }: SupportWindow): { from: string; to: string; machine: string }[] {
  const oneOf = (patterns: readonly string[], name: string): boolean => patterns.some((pattern) => matchesGlob(pattern, name));
  const destinations = matrix.builds.filter((build) => oneOf(to, build));
  return matrix.files.flatMap(({ build, machine }) => {
    if (machine === null || !oneOf(from, build) || !oneOf(machines, machine)) return [];
    return destinations.filter((destination) => destination !== build).map((destination) => ({ from: build, to: destination, machine }));
  });
}

function hasFile(matrix: Matrix, build: string, machine: string): boolean {
  return matrix.files.some((file) => file.build === build && file.machine === machine);
}

function want(wanted: Map<string, number[]>, from: string, to: string, machine: string, window: number): void {
  const key = keyOf(from, to, machine);
  const windows = wanted.get(key) ?? [];
  if (!windows.includes(window)) wanted.set(key, [...windows, window]);
}

function keyOf(...names: readonly string[]): string {
  return JSON.stringify(names);
}

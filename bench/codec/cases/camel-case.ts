import type { E1000State } from "../state.ts";

/** The names that tools make of those in the schema. */
export function inCamelCase(state: E1000State): Record<string, unknown> {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [camel(name), value]));
}

export function fromCamelCase(message: object, like: E1000State): E1000State {
  const from = message as Record<string, unknown>;
  return Object.fromEntries(Object.keys(like).map((name) => [name, from[camel(name)]])) as unknown as E1000State;
}

function camel(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** From a state to something that it holds: names of fields, and places in arrays. */
export type Steps = readonly (string | number)[];

type Holder = Record<string | number, unknown>;

export function at(state: unknown, steps: Steps): unknown {
  return steps.reduce((value, step) => (value as Holder | undefined)?.[step], state);
}

/** Nothing happens where the state has no such place. */
export function put(state: unknown, steps: Steps, to: unknown): void {
  const holder = at(state, steps.slice(0, -1)) as Holder | undefined;
  if (holder !== undefined) holder[steps.at(-1) as string | number] = to;
}

/** The steps of a path as messages have it: `ring[3].env.addr`. Names may hold dots, so the state is asked. Undefined for what it does not have. */
export function stepsOf(state: unknown, path: string): Steps | undefined {
  if (path === "") return [];
  if (typeof state !== "object" || state === null) return undefined;
  if (Array.isArray(state) || state instanceof Uint8Array) {
    const [whole, index] = /^\[(\d+)\]\.?/.exec(path) ?? [];
    if (whole === undefined || Number(index) >= state.length) return undefined;
    return behind(Number(index), state[Number(index)], path.slice(whole.length));
  }
  for (const [key, value] of Object.entries(state)) {
    if (!path.startsWith(key) || !/^($|[.[])/.test(path.slice(key.length))) continue;
    const found = behind(key, value, path.slice(key.length).replace(/^\./, ""));
    if (found !== undefined) return found;
  }
  return undefined;
}

function behind(step: string | number, value: unknown, rest: string): Steps | undefined {
  const found = stepsOf(value, rest);
  return found === undefined ? undefined : [step, ...found];
}

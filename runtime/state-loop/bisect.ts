export interface Bisection {
  /** Devices whose reset loses state, each alone; several in one only where they lose it together. */
  readonly losing: readonly (readonly string[])[];
  /** State is lost also when nothing is reset: then it is the save or the load, and leaving devices out tells nothing. */
  readonly losesAnyway: boolean;
  readonly runs: number;
}

/**
 * Finds which devices' reset and load lose state, by leaving others out of the reset and halving. `loses` says whether state is lost when
 * these are left out, and is asked about 2 log2(n) times a device that is found: for what a comparison of states alone cannot tell, such as
 * a guest that no longer runs.
 */
export async function bisectReset(names: readonly string[], loses: (noReset: readonly string[]) => Promise<boolean>): Promise<Bisection> {
  let runs = 0;
  const losesWith = (reset: readonly string[]): Promise<boolean> => {
    runs++;
    return loses(names.filter((name) => !reset.includes(name)));
  };
  const losing: (readonly string[])[] = [];
  if (await losesWith([])) return { losing, losesAnyway: true, runs };
  let left = names;
  while (left.length > 0 && (await losesWith(left))) {
    const found = await narrow(left, losesWith);
    losing.push(found);
    left = left.filter((name) => !found.includes(name));
  }
  return { losing, losesAnyway: false, runs };
}

async function narrow(names: readonly string[], losesWith: (reset: readonly string[]) => Promise<boolean>): Promise<readonly string[]> {
  let suspects = names;
  while (suspects.length > 1) {
    const half = suspects.length >> 1;
    const [one, other] = [suspects.slice(0, half), suspects.slice(half)];
    if (await losesWith(one)) suspects = one;
    else if (await losesWith(other)) suspects = other;
    else return suspects;
  }
  return suspects;
}

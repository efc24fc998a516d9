import { hiddenDifference } from "./hidden.ts";
import type { ModelPair, ModelVmsd } from "./schema.ts";
import { vmsdsOf } from "./vmsds-of.ts";

/** Takes things out of both builds alike for as long as the pair still `fails` and can still be judged. */
export function shrinkPair(pair: ModelPair, fails: (pair: ModelPair) => boolean): ModelPair {
  let smallest = pair;
  for (let shrunk = true; shrunk; ) {
    shrunk = false;
    for (const simplify of steps(smallest)) {
      const candidate = structuredClone(smallest);
      simplify(candidate.old);
      simplify(candidate.new);
      const same = JSON.stringify(candidate) === JSON.stringify(smallest);
      if (same || hiddenDifference(candidate) !== undefined || !fails(candidate)) continue;
      smallest = candidate;
      shrunk = true;
    }
  }
  return smallest;
}

function steps({ old, new: new_ }: ModelPair): ((device: ModelVmsd) => void)[] {
  const everywhere = (change: (vmsd: ModelVmsd) => void) => (device: ModelVmsd) => vmsdsOf(device).forEach(change);
  const ids = new Set([old, new_].flatMap(vmsdsOf).flatMap((vmsd) => [...vmsd.subsections, ...vmsd.fields].map(({ id }) => id)));
  return [...ids].flatMap((id) => [
    everywhere((vmsd) => {
      // A description that loses its last field is another case than the one that is looked into.
      const rest = vmsd.fields.filter((field) => field.id !== id);
      if (rest.length > 0) vmsd.fields = rest;
      vmsd.subsections = vmsd.subsections.filter((subsection) => subsection.id !== id);
    }),
    everywhere((vmsd) => {
      for (const field of vmsd.fields) if (field.id === id) field.condition = undefined;
    }),
    everywhere((vmsd) => {
      for (const field of vmsd.fields) if (field.id === id) field.version = 0;
    }),
    everywhere((vmsd) => {
      for (const subsection of vmsd.subsections) if (subsection.id === id) subsection.needed = undefined;
    }),
  ]);
}

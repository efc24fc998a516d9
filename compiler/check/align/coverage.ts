/** How much of a section was compared, and how much of that metadata cannot decide. Counts fields with a counterpart. */
export interface FieldCoverage {
  compared: number;
  conditional: number;
  opaque: number;
  countUnknown: number;
}

export function emptyCoverage(): FieldCoverage {
  return { compared: 0, conditional: 0, opaque: 0, countUnknown: 0 };
}

export function addCoverage(sum: FieldCoverage, part: FieldCoverage): void {
  sum.compared += part.compared;
  sum.conditional += part.conditional;
  sum.opaque += part.opaque;
  sum.countUnknown += part.countUnknown;
}

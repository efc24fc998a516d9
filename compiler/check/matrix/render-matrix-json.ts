import { VERSION } from "../version.ts";
import type { MatrixGate } from "./judge-matrix.ts";
import { type Break, HOP_CAVEAT, MATRIX_SCHEMA, type Matrix, type MatrixCell } from "./matrix.ts";
import type { SupportPolicy } from "./support-policy.ts";

export interface JsonContext {
  readonly policy?: SupportPolicy;
  readonly today: string;
}

/** The documented form: schemas/matrix.schema.json. */
export function renderMatrixJson(matrix: Matrix, gate: MatrixGate, { policy, today }: JsonContext): string {
  const { order, builds, machines, files, schemas, groups } = matrix;
  const document = {
    schema: MATRIX_SCHEMA,
    tool: { name: "vmstate", version: VERSION },
    order,
    builds,
    machines,
    files,
    schemas,
    groups: groups.map(({ history, cells, ...group }) => {
      const counted = new Map(gate.counted.filter((each) => each.group.cells === cells).map((each) => [each.cell, each]));
      return {
        ...group,
        cells: cells.map((cell) => cellFacts(cell, counted.get(cell))),
        history: history.map(breakFacts),
      };
    }),
    hopCaveat: HOP_CAVEAT,
    policy: policy === undefined ? null : policyFacts(policy, gate, today),
    result: {
      failOn: gate.failOn,
      counted: gate.counted.length,
      failing: gate.counted.filter(({ failed }) => failed).length,
      missing: gate.missing.length,
      failed: gate.failed,
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function cellFacts(cell: MatrixCell, counted: MatrixGate["counted"][number] | undefined) {
  return {
    ...cell,
    direction: cell.direction ?? null,
    counted: counted !== undefined,
    countedMachines: counted?.machines ?? [],
    windows: counted?.windows ?? [],
    failed: counted?.failed ?? false,
  };
}

function breakFacts({ predictedError, ...rest }: Break) {
  return { ...rest, predictedError: predictedError ?? null };
}

function policyFacts(policy: SupportPolicy, gate: MatrixGate, today: string) {
  return {
    path: policy.path,
    today,
    windows: gate.windows.map(({ window, expired }, at) => ({
      from: window.from,
      to: window.to,
      machines: window.machines,
      until: window.until ?? null,
      direction: window.direction,
      reason: window.reason ?? null,
      expired,
      counted: gate.counted.filter(({ windows }) => windows.includes(at)).length,
      failing: gate.counted.filter(({ windows, failed }) => failed && windows.includes(at)).length,
      missing: gate.missing.filter(({ window: place }) => place === at).map(({ message }) => message),
    })),
  };
}

export { buildMatrix, type MatrixOptions, SameBuildError } from "./build-matrix.ts";
export { type JudgeOptions, judgeMatrix, type MatrixGate } from "./judge-matrix.ts";
export type { Matrix, MatrixInput } from "./matrix.ts";
export { type InputFile, readInputs } from "./read-inputs.ts";
export { renderMatrix } from "./render-matrix.ts";
export { renderMatrixJson } from "./render-matrix-json.ts";
export { renderMatrixMarkdown } from "./render-matrix-markdown.ts";
export { isDay, readSupportPolicy, type SupportPolicy } from "./support-policy.ts";

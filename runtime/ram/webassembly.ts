/**
 * What is used of WebAssembly, which every Node has as a global: its types come with the DOM's, and those are not ours to use.
 */
export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}

type Exports = Readonly<Record<string, unknown>>;

interface WasmApi {
  readonly Memory: new (limits: { readonly initial: number; readonly maximum: number; readonly shared?: boolean }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: Readonly<Record<string, Exports>>) => { readonly exports: Exports };
}

export const wasm: WasmApi = (globalThis as unknown as { readonly WebAssembly: WasmApi }).WebAssembly;

/** A unit in which memory is had. */
export const WASM_PAGE = 0x10000;

import type { Codec } from "./codec.ts";

export type WideState = Record<string, number>;

const LITERAL_MOST = 127;
const CLASS_MOST = 252;
const GROUP = 120;

/**
 * The best form known for a state of so many u32 fields, whose names are flat in every case. V8 makes a literal of 128 properties slowly,
 * has room for 252 in an object itself, and grows what is beyond three at a time; so above that the fields live in groups, behind accessors.
 * The bytes go through a page at constant places: code that computes each place from a base is twice as long, and 600 fields of it no
 * longer fit the instruction cache.
 */
export function wideByHand(fields: number): Codec<WideState> {
  const names = Array.from({ length: fields }, (_, index) => `f${index}`);
  return new Function(source(names))() as Codec<WideState>;
}

function source(names: readonly string[]): string {
  const bytes = names.length * 4;
  const grouped = names.length > CLASS_MOST;
  const groups = grouped ? split(names) : [names];
  const each = (text: (group: readonly string[], at: number) => string): string => groups.map(text).join("\n");
  const part = (at: number): string => (grouped ? `s.g${at}` : "s");
  const place = (name: string): number => Number(name.slice(1)) * 4;
  // What fits a literal is read where it lies: the copy to the page costs more than it saves.
  const paged = names.length > LITERAL_MOST;
  const read = (name: string): string => (paged ? `page.getUint32(${place(name)})` : `d.getUint32(at + ${place(name)})`);
  const literal = (group: readonly string[]): string => `{ ${group.map((name) => `${name}: ${read(name)}`).join(", ")} }`;
  const fresh = grouped
    ? `return new State(${groups.map((_, at) => `make${at}()`).join(", ")});`
    : paged
      ? "const s = new State(); into0(s, r.view, at); return s;"
      : `return ${literal(names)};`;
  return `
    const page = new DataView(new ArrayBuffer(8192));
    const bytes = new Uint8Array(page.buffer);
    const run = bytes.subarray(0, ${bytes});
    ${grouped ? accessors(groups) : `class State { ${names.map((name) => `${name} = 0;`).join(" ")} }`}
    ${each((group, at) => `function save${at}(s) { ${group.map((name) => `page.setUint32(${place(name)}, s.${name});`).join(" ")} }`)}
    ${each((group, at) => `function into${at}(s, d, at) { ${group.map((name) => `s.${name} = ${read(name)};`).join(" ")} }`)}
    ${each((group, at) => (grouped ? `function make${at}() { return ${literal(group)}; }` : ""))}
    function refuse(at, end) { throw new RangeError("${bytes} bytes are needed at " + at + ": the buffer ends at " + end + "."); }
    function start(r) {
      const at = r.at;
      if (r.end - at < ${bytes}) refuse(at, r.end);
      ${paged ? `bytes.set(r.bytes.subarray(at, at + ${bytes}));` : ""}
      r.at = at + ${bytes};
      return at;
    }
    return {
      save(s, w) {
        const at = w.at;
        if (w.end - at < ${bytes}) refuse(at, w.end);
        ${each((_, at) => `save${at}(${part(at)});`)}
        w.bytes.set(run, at);
        w.at = at + ${bytes};
      },
      load(r) { const at = start(r), d = r.view; ${fresh} },
      loadInto(s, r) { const at = start(r); ${each((_, at) => `into${at}(${part(at)}, r.view, at);`)} },
    };`;
}

function accessors(groups: readonly (readonly string[])[]): string {
  const parts = groups.map((_, at) => `g${at}`);
  const pair = (name: string, at: number): string =>
    `get ${name}() { return this.g${at}.${name}; } set ${name}(value) { this.g${at}.${name} = value; }`;
  const pairs = groups.flatMap((group, at) => group.map((name) => pair(name, at)));
  return `class State { constructor(${parts.join(", ")}) { ${parts.map((name) => `this.${name} = ${name};`).join(" ")} } ${pairs.join(" ")} }`;
}

function split(names: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (let at = 0; at < names.length; at += GROUP) groups.push(names.slice(at, at + GROUP));
  return groups;
}

/** What TypeScript itself refuses in a descriptor, before the compiler reads it. */
import {
  array,
  buffer,
  equal,
  gtree,
  machine,
  nullable,
  qtailq,
  since,
  struct,
  uint8,
  uint16,
  uint64,
  unused,
  varBuffer,
  varray,
  vmsd,
} from "./index.ts";

const at = { versionId: 1, minimumVersionId: 1 } as const;
const point = vmsd("point", { ...at, fields: { x: uint8, y: uint8 } });

// What is known of a vmsd.
// @ts-expect-error no minimumVersionId
vmsd("a", { versionId: 1, fields: {} });
// @ts-expect-error a version is a number
vmsd("a", { versionId: "1", minimumVersionId: 1, fields: {} });
// @ts-expect-error no such option
vmsd("a", { ...at, fields: {}, version: 1 });
// @ts-expect-error a field is a kind
vmsd("a", { ...at, fields: { a: "uint8" } });
// @ts-expect-error a property is a number, a boolean or a string
vmsd("a", { ...at, fields: { a: uint8 }, properties: { depth: {} } });

// Predicates know the fields, of all subsections, and the properties.
// @ts-expect-error no such field
vmsd("a", { ...at, fields: { a: uint8 }, exists: { a: (s) => s.b > 0 } });
// @ts-expect-error no such property
vmsd("a", { ...at, fields: { a: uint8 }, properties: { wide: true }, exists: { a: (_s, m) => m.wider } });
// @ts-expect-error there are no properties
vmsd("a", { ...at, fields: { a: uint8 }, exists: { a: (_s, m) => m.wide } });
// @ts-expect-error the property is a number
vmsd("a", { ...at, fields: { a: uint8 }, properties: { depth: 3 }, exists: { a: (_s, m) => m.depth } });
// @ts-expect-error a predicate gives a boolean
vmsd("a", { ...at, fields: { a: uint8 }, exists: { a: (s) => s.a } });
// @ts-expect-error a bigint is never a number
vmsd("a", { ...at, fields: { a: uint64 }, validate: { a: (s) => s.a === 3 } });
// @ts-expect-error bytes that nobody reads are not in the state
vmsd("a", { ...at, fields: { a: uint8, pad: unused(2) }, validate: { a: (s) => s.pad > 0 } });
// @ts-expect-error the inner state has no z
vmsd("a", { ...at, fields: { a: struct(point) }, validate: { a: (s) => s.a.z > 0 } });
// @ts-expect-error no such field
vmsd("a", { ...at, fields: { a: uint8 }, needed: (s) => s.b > 0 });

// The sibling tables know the fields.
// @ts-expect-error no such field
vmsd("a", { ...at, fields: { a: uint8 }, exists: { b: () => true } });
// @ts-expect-error no such field
vmsd("a", { ...at, fields: { a: uint8 }, validate: { b: () => true } });
// @ts-expect-error no such field
vmsd("a", { ...at, fields: { a: uint8 }, absent: { b: 1 } });
// @ts-expect-error no such field
vmsd("a", { ...at, fields: { a: uint8 }, formerly: { b: "c" } });
// @ts-expect-error a uint8 is a number
vmsd("a", { ...at, fields: { a: since(2, uint8) }, absent: { a: false } });
// @ts-expect-error a uint64 is a bigint
vmsd("a", { ...at, fields: { a: since(2, uint64) }, absent: { a: 0 } });
// @ts-expect-error the inner state has a y
vmsd("a", { ...at, fields: { a: since(2, struct(point)) }, absent: { a: { x: 1 } } });
// @ts-expect-error bytes are no array of numbers
vmsd("a", { ...at, fields: { a: since(2, buffer(2)) }, absent: { a: [0, 0] } });
// @ts-expect-error bytes that nobody reads have no value
vmsd("a", { ...at, fields: { a: unused(2), b: since(2, uint8) }, absent: { a: 0 } });

// Subsections.
vmsd("a", {
  ...at,
  fields: { a: uint8 },
  subsections: {
    // @ts-expect-error no such field
    "a/b": { ...at, fields: { b: uint8 }, needed: (s) => s.c > 0 },
  },
});
vmsd("a", {
  ...at,
  fields: { a: uint8 },
  subsections: {
    // @ts-expect-error subsections are declared flat, with `of`
    "a/b": { ...at, fields: { b: uint8 }, subsections: { "a/b/c": { ...at, fields: {} } } },
  },
});
vmsd("a", {
  ...at,
  fields: { a: uint8 },
  subsections: {
    // @ts-expect-error a field of the vmsd is none of the subsection's own
    "a/b": { ...at, fields: { b: uint8 }, absent: { a: 0 } },
  },
});

// Kinds.
// @ts-expect-error no bound
varray(uint8, "count");
// @ts-expect-error no bound
varray(uint8, "count", {});
// @ts-expect-error no bound
varBuffer("size");
// @ts-expect-error no bound
qtailq(point);
// @ts-expect-error a list's elements are vmsds
qtailq(uint8, { max: 3 });
// @ts-expect-error a tree's values are vmsds
gtree(uint64, uint8, { max: 3 });
// @ts-expect-error no count
array(uint8);
// @ts-expect-error a struct is no number to compare
equal(struct(point));
// @ts-expect-error the local value is a bigint
equal(uint64, 3);
// @ts-expect-error what a null is must be said
nullable(uint8);
// @ts-expect-error a field is no vmsd
struct(uint16);

// Machine types.
// @ts-expect-error a section is a vmsd
machine("pc", { sections: [uint8] });
const pc = machine("pc", { sections: [point], devices: [point], container: { footers: false } });
// @ts-expect-error a machine type is no section
machine("pc", { sections: [pc] });
// @ts-expect-error no such part
machine("pc", { container: { footer: true } });
// @ts-expect-error a machine type inherits from one
machine("pc", { inherits: point });
// @ts-expect-error a property is a number, a boolean or a string
machine("pc", { properties: { serial: { wakeup: {} } } });

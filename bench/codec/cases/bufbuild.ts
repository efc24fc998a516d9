import { readFileSync } from "node:fs";
import type { Case } from "../case.ts";
import { PEERS, peer } from "../peer.ts";
import type { E1000State } from "../state.ts";
import { fromCamelCase, inCamelCase } from "./camel-case.ts";

interface Face {
  fromBinary(schema: unknown, bytes: Uint8Array): unknown;
  toBinary(schema: unknown, message: unknown): Uint8Array;
  create(schema: unknown, value?: object): unknown;
  createFileRegistry(set: unknown): { getMessage(name: string): unknown };
}

export const bufbuild: Case = {
  name: "@bufbuild/protobuf",
  note: "u64 as BigInt",
  setup(states) {
    const { fromBinary, toBinary, create, createFileRegistry } = peer<Face>("@bufbuild/protobuf");
    const { FileDescriptorSetSchema } = peer<{ FileDescriptorSetSchema: unknown }>("@bufbuild/protobuf/wkt");
    // What its generator emits is this descriptor in base64 and types; the code that runs is the same.
    const set = fromBinary(FileDescriptorSetSchema, readFileSync(`${PEERS}/gen/e1000.descriptor`));
    const schema = createFileRegistry(set).getMessage("E1000");
    const entry = createFileRegistry(set).getMessage("RingEntry");
    const messages = states.map((state) => create(schema, { ...inCamelCase(state), ring: state.ring.map((each) => create(entry, each)) }));
    const wires = messages.map((message) => toBinary(schema, message));
    return {
      encode: (index) => toBinary(schema, messages[index]),
      decode: (index) => fromBinary(schema, wires[index] as Uint8Array),
      wire: (index) => wires[index] as Uint8Array,
      asState: (decoded) => fromCamelCase(decoded as object, states[0] as E1000State),
    };
  },
};

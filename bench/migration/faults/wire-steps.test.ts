import { expect, test } from "vitest";
import { writeFrame } from "../../../runtime/migration/frames.ts";
import type { Frame } from "../../../runtime/migration/protocol.ts";
import { writeEof, writeHead, writePartHead, writePing, writeRamEnd, writeRamStart } from "../../../runtime/migration/stream-parts.ts";
import { Out } from "../../../runtime/stream/out.ts";
import { type Direction, WireSteps } from "./wire-steps.ts";

const CONTAINER = { configuration: false, footers: false, description: false };
const BLOCKS = [
  { id: "pc.ram", size: 0x3000, pageSize: 4096, bytes: new Uint8Array(0) },
  { id: "pc.bios", size: 0x1000, pageSize: 4096, bytes: new Uint8Array(0) },
];

/** Writings of one direction, each of them sent at once, and the steps that begin with them. */
type Sent = readonly (readonly [step: string | undefined, write: (out: Out) => void])[];

const frame = (kind: string) => (out: Out) => writeFrame(out, { kind } as Frame);

const page = (out: Out, flags: number, bytes: number): void => {
  out.word(0, flags);
  if ((flags & 0x20) === 0) out.name("pc.ram");
  out.put(new Uint8Array(bytes).fill(3));
};

const THERE: Sent = [
  ["hello", frame("hello")],
  ["setup", (out) => writeHead(out, "pc", CONTAINER)],
  [undefined, (out) => writePing(out, 1)],
  [undefined, (out) => writeRamStart(out, BLOCKS, CONTAINER)],
  ["precopy", (out) => writePartHead(out, "part")],
  [undefined, (out) => page(out, 0x08, 4096)],
  [undefined, (out) => page(out, 0x22, 1)],
  [undefined, (out) => writeRamEnd(out, CONTAINER)],
  ["ram-end", (out) => writePartHead(out, "end")],
  [undefined, (out) => page(out, 0x02, 1)],
  [undefined, (out) => writeRamEnd(out, CONTAINER)],
  ["devices", (out) => out.u8(4)],
  [undefined, (out) => out.put(new Uint8Array(500).fill(0x56))],
  [undefined, writeEof],
  ["grant", frame("grant")],
];

const BACK: Sent = [
  ["hello", frame("accept")],
  ["precopy", (out) => out.put(new Uint8Array(8).fill(1))],
  ["ready", frame("ready")],
  ["running", frame("running")],
];

/** The bytes as they go over the wire, and where in them each step begins. */
function wire(sent: Sent, isChecked: boolean): { readonly pieces: readonly Buffer[]; readonly steps: readonly unknown[] } {
  const pieces: Buffer[] = [];
  const steps: unknown[] = [];
  let at = 0;
  for (const [step, write] of sent) {
    const body: Buffer[] = [];
    const out = new Out((piece) => body.push(Buffer.from(piece)));
    write(out);
    out.flush();
    const bytes = Buffer.concat(body);
    const head = Buffer.alloc(isChecked ? 16 : 0);
    if (isChecked) {
      head.write("VMSR");
      head.writeUInt32BE(bytes.length, 4);
    }
    if (step !== undefined) steps.push({ step, at: at + head.length });
    pieces.push(Buffer.concat([head, bytes]));
    at += head.length + bytes.length;
  }
  return { pieces, steps };
}

function found(direction: Direction, pieces: readonly Buffer[]): readonly unknown[] {
  const steps = new WireSteps(direction);
  let passed = 0;
  return pieces.flatMap((piece) => {
    const begins = steps.feed(piece).map(({ step, at }) => ({ step, at: passed + at }));
    passed += piece.length;
    return begins;
  });
}

test.each([
  ["there", THERE, true],
  ["there", THERE, false],
  ["back", BACK, true],
  ["back", BACK, false],
] as const)("the steps of a move are found in what goes %s", (direction, sent, isChecked) => {
  const { pieces, steps } = wire(sent, isChecked);
  expect(found(direction, pieces)).toEqual(steps);
});

test("they are found wherever the stream is cut into pieces", () => {
  const { pieces, steps } = wire(THERE, true);
  const stream = Buffer.concat(pieces.slice(1, -1));
  const first = pieces[0]?.length ?? 0;
  const behind = steps.slice(1, -1).map((each) => ({ ...(each as { at: number }), at: (each as { at: number }).at - first }));
  for (const size of [1, 7, 100, 4096]) {
    const cut = Array.from({ length: Math.ceil(stream.length / size) }, (_, n) => stream.subarray(n * size, (n + 1) * size));
    expect(found("there", cut), `pieces of ${size}`).toEqual(behind);
  }
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Guest } from "../../guest/guest.ts";
import { createDirtyClients } from "./dirty-clients.ts";
import { createFakeGuest } from "./proof/fake-guest.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);
const PAGES = 90;
const CLIENTS = 3;

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("write" as const), page: fc.nat(PAGES - 1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("sync" as const), client: fc.nat(CLIENTS - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("start" as const, "stop" as const), client: fc.nat(CLIENTS - 1) }) },
);

test("each client sees every page that is written to while it is on, and none twice", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 120, size: "max" }), async (steps) => {
      const fake = createFakeGuest([PAGES]);
      const clients = createDirtyClients(fake as unknown as Guest);
      const users = Array.from({ length: CLIENTS }, () => ({ guest: clients.add(), expected: undefined as Set<number> | undefined }));
      for (const each of steps) {
        if (each.kind === "write") {
          fake.write(0, each.page);
          for (const { expected } of users) expected?.add(each.page);
          continue;
        }
        const user = users[each.client] as (typeof users)[number];
        if (each.kind === "start") {
          user.guest.startDirtyLog();
          user.expected ??= new Set();
        } else if (each.kind === "stop") {
          await user.guest.stopDirtyLog();
          user.expected = undefined;
        } else {
          const bitmap = new Uint32Array(4);
          const count = user.guest.syncDirty([bitmap]);
          const expected = [...(user.expected ?? [])].sort((a, b) => a - b);
          const seen = [...Array(128).keys()].filter((page) => ((bitmap[page >>> 5] as number) >>> (page & 31)) & 1);
          expect(seen).toEqual(expected);
          expect(count).toBe(expected.length);
          user.expected?.clear();
        }
        expect(fake.isLogged()).toBe(users.some(({ expected }) => expected !== undefined));
      }
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test("bits that were set before stay, and are counted once more", () => {
  const fake = createFakeGuest([PAGES]);
  const clients = createDirtyClients(fake as unknown as Guest);
  const [a, b] = [clients.add(), clients.add()];
  a.startDirtyLog();
  b.startDirtyLog();
  fake.write(0, 5);
  const bitmap = Uint32Array.of(0x21, 0, 0, 0);
  expect(a.syncDirty([bitmap])).toBe(1);
  expect([...bitmap]).toEqual([0x21, 0, 0, 0]);
  expect(b.syncDirty([bitmap])).toBe(1);
  expect(b.syncDirty([bitmap])).toBe(0);
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{compiler,cli,bench,machines,runtime}/**/*.test.ts"],
    testTimeout: 60_000,
    pool: "threads",
    // Left to itself it leaves one core idle, which on two is half of them.
    maxWorkers: "100%",
  },
});

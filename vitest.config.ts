import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["{compiler,cli,bench,machines,runtime}/**/*.test.ts"], testTimeout: 60_000, pool: "threads" },
});

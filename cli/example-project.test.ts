import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { copyExampleProject } from "./example-project.ts";

const project = copyExampleProject();
afterAll(() => rmSync(project, { recursive: true }));

test("a project that compiles its devices in its build type-checks, runs and finds its generated files fresh", () => {
  const { status, stdout, stderr } = spawnSync("npm", ["test", "--loglevel=error"], { cwd: project, encoding: "utf8" });
  expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, output: "" });
  expect(stdout + stderr).toContain("2 vmsds, 2 machine types: ");
}, 60_000);

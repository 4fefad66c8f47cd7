// `scripts/measure-pages.sh`: what a page costs a slow phone. Figures for docs/benchmarks.md: no test of `make test`, and nothing fails
// for being slow.
import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

export default defineConfig({
  ...tests,
  testDir: "measure",
  timeout: 300_000,
  reporter: [["line"]],
  projects: [{ name: "measure", use: { viewport: { width: 1280, height: 800 }, trace: "off" } }],
});

// The browser tests run against the release build: one `concierge demo` with a fresh database and its own ports.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { freePort } from "./fixtures/ports.ts";

const here = import.meta.dirname;
const binary = process.env.CONCIERGE_BIN ?? path.join(here, "../target/release/concierge");
const output = path.join(here, "test-results");

// Playwright reads this file once more in every worker: what the first reading chose is handed on in the environment.
const port = (process.env.CONCIERGE_E2E_PORT ??= String(await freePort()));
const sandboxPort = (process.env.CONCIERGE_E2E_SANDBOX_PORT ??= String(await freePort()));
mkdirSync(path.join(here, "screenshots"), { recursive: true });

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
// grep looks at file names, titles and tags.
const withoutScript = /\.nojs\.spec\.ts|@nojs/;

export default defineConfig({
  testDir: "tests",
  globalTeardown: "./fixtures/after-all.ts",
  outputDir: output,
  // All tests share one server and one demo tenant, so they take turns. A test that waits does so for a state.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  // Far beyond what anything takes on a quiet machine; only a failing test waits this long.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list", { printSteps: false }]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: "en-US",
    timezoneId: "UTC",
    colorScheme: "light",
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      // No sandbox: CI runs as root. The rest keeps Chromium from calling home.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  // Every test runs on the desktop and on a phone, unless it is tagged @desktop or @phone. Files named *.nojs.spec.ts and
  // tests tagged @nojs run in a browser without JavaScript, and only there.
  projects: [
    { name: "desktop", use: desktop, grepInvert: [withoutScript, /@phone/] },
    { name: "phone", use: phone, grepInvert: [withoutScript, /@desktop/] },
    { name: "no-js", use: { ...desktop, javaScriptEnabled: false }, grep: withoutScript },
  ],
  webServer: {
    // Its log and its database stay in test-results/ until the next run, for whoever looks into a failure.
    command:
      `mkdir -p '${output}' && exec '${binary}' demo --listen 127.0.0.1:${port} --sandbox-listen 127.0.0.1:${sandboxPort}` +
      ` --data-dir '${output}/data' --reset >'${output}/server.log' 2>&1`,
    url: `http://127.0.0.1:${port}/readyz`,
    env: { CONCIERGE_METRICS_LISTEN: "", CONCIERGE_LOG_FORMAT: "pretty", CONCIERGE_LOG: "debug" },
    timeout: 60_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
  },
});

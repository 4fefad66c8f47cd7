// Lighthouse's phone profile on the pages that are opened most. The library is no part of package.json: scripts/measure-pages.sh brings it.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { freePort } from "../fixtures/ports.ts";
import { expect, test } from "../fixtures/test.ts";

const CATEGORIES = ["performance", "accessibility", "best-practices"];
const METRICS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"];
const VISITS = 3;

type Audit = { score: number | null; scoreDisplayMode: string; displayValue?: string };
type Report = { lhr: { runtimeError?: { message: string }; categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>; audits: Record<string, Audit> } };
type Lighthouse = (url: string, flags: object) => Promise<Report>;

test("Lighthouse on sign-in, overview, rules", async ({ demo, fern, storageState, launchOptions }) => {
  const library = process.env.CONCIERGE_LIGHTHOUSE ?? "";
  expect(library, "scripts/measure-pages.sh brings Lighthouse").not.toBe("");
  const lighthouse = (await import(pathToFileURL(path.join(library, "core/index.js")).href)).default as Lighthouse;
  const port = await freePort();
  const browser = await chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`] });
  const cookies = typeof storageState === "object" ? (storageState.cookies ?? []) : [];
  const Cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const pages = { "sign-in": "/login", overview: "/admin", rules: `/admin/rules/instagram/${fern}` };
  for (const [name, address] of Object.entries(pages)) {
    const reports: Report["lhr"][] = [];
    for (let visit = 0; visit < VISITS; visit++) {
      const extraHeaders = name === "sign-in" ? {} : { Cookie };
      const flags = { port, onlyCategories: CATEGORIES, extraHeaders, logLevel: "error", formFactor: "mobile" };
      const { lhr } = await lighthouse(demo.admin + address, flags);
      expect(lhr.runtimeError, name).toBeUndefined();
      reports.push(lhr);
    }
    reports.sort((a, b) => (a.categories["performance"]?.score ?? 0) - (b.categories["performance"]?.score ?? 0));
    const report = reports[Math.floor(VISITS / 2)]!;
    const scores = CATEGORIES.map((category) => Math.round((report.categories[category]?.score ?? 0) * 100));
    const metrics = METRICS.map((metric) => report.audits[metric]?.displayValue).join(", ");
    console.log(`| Lighthouse, phone: ${name} (performance / accessibility / best practices) | | ${scores.join(" / ")} | ≥ 90 / 100 / 100 | ${metrics} |`);
    for (const category of CATEGORIES.slice(1)) {
      const failed = (report.categories[category]?.auditRefs ?? []).filter(({ id, weight }) => weight > 0 && (report.audits[id]?.score ?? 1) < 1);
      expect.soft(failed.map(({ id }) => id), `${category} of ${name}`).toEqual([]);
    }
  }
  await browser.close();
});

// A cold visit of the rules on a slow line with a slow processor: when the list can be read, and when "Try a message" answers what was
// typed as soon as its field was there: by its button, which needs no WebAssembly, and by itself.
import type { Locator, Page } from "@playwright/test";
import { Simulator } from "../pages/simulator.ts";
import { expect, test } from "../fixtures/test.ts";

const VISITS = 3;
// 1.4 Mbit/s down, 0.7 up, 300 ms there and back, a processor of a quarter of this one's pace.
const LINE = { offline: false, latency: 300, downloadThroughput: (1.4 * 1024 * 1024) / 8, uploadThroughput: (0.7 * 1024 * 1024) / 8 };
const SLOWDOWN = 4;

type Visit = { readable: number; answered: number; bytes: number };

test.use({ ownDemo: "measured" });

for (const [count, most] of [[6, 4], [150, 5]] as const) {
  test(`${count} rules on a slow line`, async ({ browser, api, fern, baseURL }) => {
    const labels = Array.from({ length: count }, (_, number) => `Rule number ${number + 1}`);
    await api.setRules(fern, labels.map((label, number) => ({ label, keywords: [`word${number}`], canned: `${label} answers.` })));
    const visit = async (presses: boolean): Promise<Visit> => {
      const context = await browser.newContext({ baseURL: baseURL ?? "", storageState: api.session, viewport: { width: 1280, height: 800 } });
      const visit = await visitOnce(await context.newPage(), fern, presses);
      await context.close();
      return visit;
    };
    for (const presses of [true, false]) {
      const visits = [];
      while (visits.length < VISITS) visits.push(await visit(presses));
      const how = presses ? "“Try it” answers" : "answers as one types";
      console.log(
        `| rules page, slow line, ${count} rules: list readable, ${how}, kilobytes | ${seconds(median(visits, "readable"))}, ` +
          `${seconds(median(visits, "answered"))}, ${Math.round(median(visits, "bytes") / 1000)} kB | < ${most} s |`,
      );
    }
  });
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
const median = (visits: Visit[], figure: keyof Visit): number =>
  visits.map((visit) => visit[figure]).sort((a, b) => a - b)[Math.floor(visits.length / 2)] ?? NaN;

async function visitOnce(page: Page, account: string, presses: boolean): Promise<Visit> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", LINE);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => void (bytes += encodedDataLength));
  const started = Date.now();
  await page.goto(`/admin/rules/instagram/${account}`, { waitUntil: "commit" });
  await expect(page.getByText("Rule number 1", { exact: true }).first()).toBeVisible();
  const readable = Date.now() - started;
  const simulator = new Simulator(page);
  await simulator.text.fill("word5");
  if (presses) await simulator.tryIt.click();
  const answer: Locator = presses ? page.getByText(/“word5”: Rule 6/) : simulator.verdict.filter({ hasText: "Rule number 6" });
  await expect(answer.first()).toBeVisible({ timeout: 60_000 });
  return { readable, answered: Date.now() - started, bytes };
}

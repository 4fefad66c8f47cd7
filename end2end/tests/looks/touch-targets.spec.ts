// A finger is 44 px wide: what it has to hit on a phone is not smaller, and nothing floats over what is being written.
import type { Locator } from "@playwright/test";
import { expect, test } from "../../fixtures/test.ts";

const FINGER = 44;

async function expectLargeEnough(...targets: Locator[]): Promise<void> {
  for (const target of targets) {
    await target.scrollIntoViewIfNeeded();
    const { width, height } = (await target.boundingBox())!;
    expect.soft(Math.min(width, height), `the smaller side of ${target}`).toBeGreaterThanOrEqual(FINGER);
  }
}

test.beforeEach(async ({ api, fern }) => {
  await api.setRules(fern, [
    { label: "Prices", keywords: ["price"], canned: "From 9 euros." },
    { label: "Parking", keywords: ["parking"], canned: "Behind the house." },
  ]);
});

test("handles, chips and choices are large enough for a finger @phone", async ({ rules, credits, fern }) => {
  await rules.open(fern);
  await expectLargeEnough(rules.row("Prices").handle, rules.row("Prices").more);
  await rules.select.click();
  await expectLargeEnough(rules.box("Parking").locator(".."));
  await rules.select.click();
  await rules.row("Prices").title.click();
  await expectLargeEnough(rules.editor("Prices").chips.getByRole("button"));
  await credits.open();
  await expectLargeEnough(credits.show("All"), credits.ledger.getByRole("link", { name: "Today", exact: true }));
});

test("while a rule is edited no button floats over it, and low windows have no bars that stay @phone", async ({ page, rules, fern }) => {
  await rules.open(fern);
  const floating = page.getByRole("button", { name: "Try a message" });
  await expect(floating).toBeVisible();
  await rules.row("Prices").title.click();
  await expect(rules.editor("Prices").form).toBeVisible();
  await expect(floating).toBeHidden();
  await page.setViewportSize({ width: 390, height: 422 });
  const sticking = await page.locator(".topbar, .bottombar, .form-foot--sticky").evaluateAll((bars) =>
    bars.filter((bar) => ["fixed", "sticky"].includes(getComputedStyle(bar).position)).map((bar) => bar.className),
  );
  expect(sticking).toEqual([]);
});

// A page that no longer hears of changes says so: what stands on it was known before, and nothing tells whether customers are answered.
import { expectAccessible, ready } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

test("a connection that is lost is told on every page, until it is there again", async ({ page }) => {
  await page.route("**/api/events", (route) => route.abort());
  await page.goto("/admin");
  await ready(page);
  const told = page.getByRole("alert").filter({ hasText: "No connection to Concierge." });
  await expect(told).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
  await page.unroute("**/api/events");
  await expect(told).toBeHidden({ timeout: 20_000 });
});

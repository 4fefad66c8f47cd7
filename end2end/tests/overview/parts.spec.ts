// The code of the pages comes in parts: one that cannot be fetched leaves the rest of the page working, and can be tried again.
import { expect, test } from "../../fixtures/test.ts";

test.use({ expectedErrors: [/Failed to fetch/] });

test("a page whose part cannot be fetched says so, and is drawn at the next try", async ({ overview, page }) => {
  await overview.open();
  await page.route(/split_accounts/, (route) => route.abort());
  await overview.place("Instagram").click();
  await expect(overview.main.getByText("This page could not be fetched.")).toBeVisible();
  await overview.place("Messages").click();
  await expect(page.getByRole("heading", { level: 1, name: "Messages" })).toBeAttached();

  await overview.place("Instagram").click();
  await expect(overview.main.getByText("This page could not be fetched.")).toBeVisible();
  await page.unroute(/split_accounts/);
  await overview.main.getByRole("link", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Instagram accounts" })).toBeAttached();
});

test("while the server is away, nothing that a part wanted fails unseen", async ({ overview, page }) => {
  const uncaught: Error[] = [];
  page.on("pageerror", (error) => uncaught.push(error));
  await overview.open();
  await page.route(/\.wasm$/, (route) => route.abort());
  await overview.place("Persona").click();
  await expect(overview.main.getByText("This page could not be fetched.")).toBeVisible();
  expect(uncaught).toEqual([]);
});

// The same page in a browser without JavaScript: a plain form.
import { expect, test } from "../../fixtures/test.ts";

test("the sign-in page is a plain form", async ({ page }) => {
  const response = await page.goto("/login");
  expect(response?.status()).toBe(200);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Show/ }), "nothing could show a password").toHaveCount(0);
  await expect(page.locator("html[data-hydrated]")).toHaveCount(0);
});

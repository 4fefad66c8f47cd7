// The least there is: the sign-in page opens, comes alive and can be used by everybody.
import { expect, test } from "../../fixtures/test.ts";
import { expectAccessible, gotoReady, picture } from "../../fixtures/page.ts";

test("the sign-in page comes alive and is accessible", async ({ page }) => {
  const response = await gotoReady(page, "/login");
  expect(response?.status()).toBe(200);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expectAccessible(page);
  await picture(page, "login");
});

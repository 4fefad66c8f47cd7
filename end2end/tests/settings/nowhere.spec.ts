// Addresses that lead nowhere: a 404 that says so, whether the thing never was or is somebody else's.
import { ready } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

const nobodys = "01a203e9-2063-759d-85a0-cca628248429";

for (const path of [`/admin/instagram/${nobodys}`, `/admin/rules/instagram/${nobodys}`, "/admin/instagram/not-an-id", "/admin/nothing-here", "/nothing"]) {
  test(`${path} is a 404 with a way on @desktop`, async ({ page }) => {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await ready(page);
    await expect(page.getByRole("heading", { level: 1, name: "There is nothing here" })).toBeAttached();
    await expect(page.getByRole("main").getByRole("link", { name: "To the overview" })).toBeVisible();
  });
}

test("a wrong address keeps the frame, and offers nothing that cannot help @desktop", async ({ page, settings }) => {
  await page.goto("/admin/nothing-here");
  await ready(page);
  await expect(settings.place("Credits")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Try again" })).toHaveCount(0);
});

test("server functions answer 404 for what is not the tenant's @desktop", async ({ page }) => {
  for (const [path, form] of [
    ["rules/load", { account: nobodys }],
    ["rules/add", { account: nobodys, label: "x", keywords: "x", mode: "whole_word", canned: "x" }],
    ["accounts/enable", { account: nobodys, enabled: "false" }],
    ["rules/delete", { account: nobodys, rule: nobodys }],
  ] as const) {
    const answer = await page.request.post(`/api/${path}`, { form, headers: { accept: "application/json" } });
    expect(answer.status(), path).toBe(404);
  }
});

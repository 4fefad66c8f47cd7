// Going somewhere by its name, and the list of keys: dialogs that keep the focus and give it back.
import { expectAccessible, gotoReady } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.beforeEach(async ({ api, fern }) => {
  await api.setRules(fern, ["Oracle of hours", "Zeppelin", "Zeppelin rides"].map((label) => ({ label, keywords: [label.toLowerCase()], canned: `${label}!` })));
});

test("a rule is found by a few letters and opened", async ({ page, fern }) => {
  await gotoReady(page, "/admin/credits");
  const link = page.getByRole("link", { name: "Added" });
  await link.focus();
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Go to" });
  const field = dialog.getByRole("combobox", { name: "Page, account or rule" });
  await expect(field).toBeFocused();
  await expect(dialog.getByRole("option", { name: /^fernandfjord Account/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(link).toBeFocused();

  await page.keyboard.press("Control+k");
  await field.fill("zepp");
  await expect(dialog.getByRole("option").first()).toContainText("Zeppelin");
  await page.keyboard.press("ArrowDown");
  const second = dialog.getByRole("option", { selected: true });
  await expect(second).toContainText("Zeppelin rides");
  await expect(field).toHaveAttribute("aria-activedescendant", (await second.getAttribute("id"))!);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/admin/rules/instagram/${fern}\\?edit=`));
  await expect(page.getByRole("form", { name: "Edit rule Zeppelin rides" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await field.fill("orclhrs");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("form", { name: "Edit rule Oracle of hours" })).toBeVisible();
});

test("a name that is nowhere is said to be nowhere", async ({ page }) => {
  await gotoReady(page, "/admin");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Page, account or rule" }).fill("zzzzzz");
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText("Nothing has this name.");
});

test("the button of the rail opens it too @desktop", async ({ page }) => {
  await gotoReady(page, "/admin");
  await page.getByRole("button", { name: "Go to …" }).click();
  await page.getByRole("combobox", { name: "Page, account or rule" }).fill("health");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/admin\/health$/);
  await expect(page.getByRole("main")).toBeFocused();
});

test("? lists the keys, and is a letter in a field", async ({ page, fern }) => {
  await gotoReady(page, `/admin/rules/instagram/${fern}?edit=new`);
  const name = page.getByRole("form", { name: "New rule" }).getByRole("textbox", { name: "Name" });
  await name.fill("Open");
  await name.press("?");
  await expect(name).toHaveValue("Open?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("link", { name: "Add rule" }).focus();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keys" });
  await expect(dialog).toContainText("Go to a page, an account or a rule by its name");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Add rule" })).toBeFocused();
});

test.describe("signed out", () => {
  test.use({ signedIn: false });
  test("neither is there", async ({ page }) => {
    await gotoReady(page, "/login");
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press("Control+k");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

// The workspace and the person's own sign-in. On a demo of its own: names and passwords are everybody's.
import { DEMO } from "../../fixtures/demo.ts";
import { gotoReady, ready, said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "settings" });

test("name and time zone of the workspace", async ({ page, settings, messages, word }) => {
  await settings.open();
  await settings.name.fill("");
  await settings.save.click();
  await expect(settings.name).toHaveAttribute("aria-invalid", "true");
  await expect(settings.name).toBeFocused();
  await settings.name.fill(`Shop ${word}`);
  await settings.timeZone.selectOption("Asia/Tokyo");
  await settings.save.click();
  await expect(said(page)).toHaveText("The workspace is saved.");
  await expect(page.getByRole("banner").filter({ visible: true }).first(), "without a reload").toContainText(`Shop ${word}`);
  await page.reload();
  await ready(page);
  await expect(settings.name).toHaveValue(`Shop ${word}`);
  await expect(settings.timeZone).toHaveValue("Asia/Tokyo");
  await expect(page.getByRole("banner").filter({ visible: true }).first()).toContainText(`Shop ${word}`);
  await messages.open();
});

test("a new API key is shown where one looks, and once", async ({ page, word }) => {
  await gotoReady(page, "/admin/settings");
  const [name, key] = [page.getByLabel("Name of a new key"), page.getByLabel("The new key")];
  await name.fill(word);
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(key).toBeFocused();
  await expect(key).toBeInViewport();
  await expect(name, "the next key has another name").toHaveValue("");
  await page.reload();
  await ready(page);
  await expect(page.getByText(word)).toBeVisible();
  await expect(key).toHaveCount(0);
});

test("dark, light, and as the system has it", async ({ page, overview, isMobile }) => {
  await overview.open();
  const choose = async (theme: string) => {
    if (isMobile) await overview.openMenu();
    await page.getByRole("form", { name: "Theme" }).filter({ visible: true }).getByRole("button", { name: theme }).click();
  };
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await choose("Dark");
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await expect.poll(async () => (await page.context().cookies()).find(({ name }) => name === "theme")?.value).toBe("dark");
  await page.reload();
  await ready(page);
  expect(await background()).toBe(dark);
  await choose("Same as system");
  await expect.poll(background).toBe(light);
});

test("a new password: the present one is asked for, and other devices are signed out", async ({ page, browser, settings, signIn, demo }) => {
  const elsewhere = await browser.newContext({ baseURL: demo.admin });
  const other = await elsewhere.newPage();
  await other.goto("/login");
  await ready(other);
  await other.getByRole("button", { name: /^Sign in/ }).click();
  await expect(other).toHaveURL("/admin");

  await gotoReady(page, "/login");
  await signIn.as(DEMO.email, DEMO.password);
  await expect(page).toHaveURL("/admin");
  await settings.open();
  await settings.present.fill("something else");
  await settings.fresh.fill("a long sentence is fine");
  await settings.change.click();
  await expect(settings.present).toHaveAccessibleDescription(/This is not your present password\./);
  await settings.present.fill(DEMO.password);
  await settings.fresh.fill("short");
  await settings.change.click();
  await expect(settings.fresh).toHaveAccessibleDescription(/12/);
  await settings.present.fill(DEMO.password);
  await settings.fresh.fill("a long sentence is fine");
  await settings.change.click();
  await expect(said(page)).toHaveText("The new password is set. Other devices are signed out.");
  await expect(settings.present).toHaveValue("");

  await other.goto("/admin/credits");
  await expect(other).toHaveURL(/\/login/);
  await page.reload();
  await expect(page).toHaveURL("/admin/settings");
  await elsewhere.close();
});

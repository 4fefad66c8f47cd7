// The default reply, edited in place: Esc restores, Ctrl+Enter saves, no typed word is lost.
import { ready, said } from "../../fixtures/page.ts";
import { Held } from "../../fixtures/slow.ts";
import { expect, test } from "../../fixtures/test.ts";

const saved = "Hello, we answer within a day.";
test.beforeEach(({ api, fern }) => api.setDefaultReply(fern, saved));

test("Enter opens it at the end of the text, Esc restores, Ctrl+Enter saves", async ({ page, account, fern, word }) => {
  const { defaultReply } = account;
  await account.open(fern);
  await defaultReply.text.press("Enter");
  await expect(defaultReply.field).toBeFocused();
  await page.keyboard.type(` ${word}`);
  await expect(defaultReply.field).toHaveValue(`${saved} ${word}`);
  await page.keyboard.press("Escape");
  await defaultReply.says(saved);
  await expect(defaultReply.text).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(defaultReply.field).toHaveValue(saved);
  await page.keyboard.type(` ${word}`);
  await page.keyboard.press("Control+Enter");
  await defaultReply.says(`${saved} ${word}`);
  await expect(defaultReply.text).toBeFocused();
  await expect(said(page)).toHaveText("The default reply is saved.");
  await expect(defaultReply.region.getByText("Saved", { exact: true }).filter({ visible: true })).toHaveCount(1);
  await page.reload();
  await ready(page);
  await defaultReply.says(`${saved} ${word}`);
});

test("more than 1,000 bytes are counted, refused and kept", async ({ account, fern }) => {
  const { defaultReply } = account;
  await account.open(fern);
  await defaultReply.edit();
  await defaultReply.field.fill(`${"a".repeat(1_000)}🙂${"b".repeat(36)}`);
  await expect(defaultReply.region).toContainText("It cannot be left empty: whoever no rule answers gets it.");
  await expect(defaultReply.region.getByText("1,040 of 1,000 bytes", { exact: true })).toBeVisible();
  await defaultReply.save.click();
  await expect(defaultReply.field).toHaveAttribute("aria-invalid", "true");
  await expect(defaultReply.field).toBeFocused();
  await expect(defaultReply.field).toHaveAccessibleDescription(
    /Your reply is 1,040 of 1,000 bytes, 40 too many\. Instagram would refuse it; take out the last 37 characters\./,
  );
  // The sentence goes as soon as the text fits.
  await defaultReply.field.fill("é".repeat(500));
  await expect(defaultReply.region.getByText("1,000 of 1,000 bytes", { exact: true })).toBeVisible();
  await expect(defaultReply.field).not.toHaveAttribute("aria-invalid", "true");
  await defaultReply.field.fill("");
  await defaultReply.save.click();
  await expect(defaultReply.field).toHaveAccessibleDescription(/Write the reply\./);
  await defaultReply.cancel.click();
  await defaultReply.says(saved);
});

test("unsaved text survives a reload, and leaving asks", async ({ page, account, fern, word }) => {
  const { defaultReply } = account;
  await account.open(fern);
  await defaultReply.edit();
  await page.keyboard.type(` ${word}`);

  page.once("dialog", (dialog) => dialog.dismiss());
  await account.place("Credits").click();
  await expect(page).toHaveURL(new RegExp(fern));
  await expect(defaultReply.field).toHaveValue(`${saved} ${word}`);

  const asked = page.waitForEvent("dialog").then(async (dialog) => {
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
  });
  await page.reload();
  await asked;
  await ready(page);
  await expect(defaultReply.field).toHaveValue(`${saved} ${word}`);
  await expect(defaultReply.region).toContainText(/We kept what you were writing today at \d\d:\d\d\./);
  await defaultReply.region.getByRole("button", { name: "Discard it" }).click();
  await defaultReply.says(saved);
  await page.reload();
  await ready(page);
  await defaultReply.says(saved);
});

test("somebody else saved meanwhile: both texts are there, and either can be used", async ({ page, account, api, fern }) => {
  const { defaultReply } = account;
  await account.open(fern);
  await defaultReply.edit();
  await defaultReply.field.fill("Mine, with care.");
  await api.setDefaultReply(fern, "Theirs, just now.");
  await defaultReply.save.click();
  await expect(defaultReply.alert).toContainText("Theirs, just now.");
  await expect(defaultReply.alert).toContainText("demo@concierge.example changed this reply at");
  await expect(defaultReply.field).toHaveValue("Mine, with care.");
  await defaultReply.region.getByRole("link", { name: "Use theirs" }).click();
  await expect(defaultReply.field).toHaveValue("Theirs, just now.");
  await defaultReply.field.fill("Mine, once more.");
  await api.setDefaultReply(fern, "Theirs, again.");
  await defaultReply.save.click();
  await expect(defaultReply.alert).toContainText("Theirs, again.");
  await defaultReply.region.getByRole("button", { name: "Save mine instead" }).click();
  await defaultReply.says("Mine, once more.");
  await page.reload();
  await ready(page);
  await defaultReply.says("Mine, once more.");
});

test("Enter that ends a composition of an input method does not save, and writing Arabic turns the field round @desktop", async (
  { page, account, api, fern },
) => {
  const { defaultReply } = account;
  await account.open(fern);
  await defaultReply.edit();
  await defaultReply.field.fill("مرحبا! شكرا لرسالتك");
  await expect(defaultReply.field).toHaveCSS("direction", "rtl");
  await defaultReply.field.dispatchEvent("keydown", { key: "Escape", isComposing: true });
  await expect(defaultReply.field).toHaveValue("مرحبا! شكرا لرسالتك");
  await page.keyboard.press("Escape");
  await defaultReply.says(saved);
  await expect(defaultReply.text).toHaveCSS("direction", "ltr");
  await api.setDefaultReply(fern, "مرحبا! شكرا لرسالتك.");
  await account.open(fern);
  await expect(defaultReply.text).toHaveCSS("direction", "rtl");
});

test("what is typed while the reply is being saved stays, and is saved next", async ({ page, account, fern, word }) => {
  const { defaultReply } = account;
  await account.open(fern);
  await defaultReply.edit();
  const answers = await Held.at(page, "**/api/accounts/default-reply");
  await defaultReply.field.fill("First.");
  await defaultReply.save.click();
  await expect.poll(() => answers.count).toBe(1);
  await defaultReply.field.press("End");
  await defaultReply.field.pressSequentially(` Then ${word}.`);
  await answers.letGo();
  await expect(said(page)).toHaveText("The default reply is saved. What you wrote since then is not saved yet.");
  await expect(defaultReply.field).toHaveValue(`First. Then ${word}.`);
  await defaultReply.save.click();
  await defaultReply.says(`First. Then ${word}.`);
  await page.reload();
  await defaultReply.says(`First. Then ${word}.`);
});

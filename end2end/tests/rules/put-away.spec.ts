// Nothing that was typed is lost: not by Esc, not by a server that hangs, not by a session that ends.
import { ready, said } from "../../fixtures/page.ts";
import { Held } from "../../fixtures/slow.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

const saved = "Hello, we answer within a day.";
test.beforeEach(async ({ api, fern }) => {
  await api.setRules(fern, [{ label: "Prices", keywords: ["price"], canned: "From 9 euros." }]);
  await api.setDefaultReply(fern, saved);
});

test("Esc in a rule puts away what Undo brings back", async ({ page, rules, fern, word }) => {
  await rules.open(fern);
  await rules.row("Prices").title.click();
  const editor = rules.editor("Prices");
  await editor.text.fill(`Five minutes of work ${word}.`);
  await editor.keyword.fill("tariff");
  await editor.keyword.press("Enter");
  await page.keyboard.press("Escape");
  await expect(editor.form).toHaveCount(0);
  await expect(said(page)).toHaveText("What you wrote was put away. Undo available.");
  await expect(rules.toast).toHaveText(/What you wrote was put away\./);
  await rules.undo.click();
  await expect(editor.text).toHaveValue(`Five minutes of work ${word}.`);
  await expect(editor.chips).toHaveText(["price", "tariff"]);
  await editor.save.click();
  await expect(editor.form).toHaveCount(0);

  await rules.row("Prices").title.click();
  await page.keyboard.press("Escape");
  await expect(editor.form).toHaveCount(0);
  await expect(rules.undo, "nothing was typed, nothing is brought back").toHaveCount(0);
});

test("a new rule is put away and brought back as well, and Esc closes it", async ({ page, rules, fern }) => {
  await rules.open(fern);
  const editor = await rules.startNew();
  await editor.fill("Parking", ["parking"], "Behind the house.");
  await page.keyboard.press("Escape");
  await rules.undo.click();
  await expect(editor.text).toHaveValue("Behind the house.");
  await expect(editor.name).toHaveValue("Parking");
});

test("what was put away is offered when the rule is opened again, and nothing typed since is lost for it", async ({ page, rules, fern, word }) => {
  await rules.open(fern);
  await rules.row("Prices").title.click();
  const editor = rules.editor("Prices");
  await editor.text.fill(`Put away, ${word}.`);
  await page.keyboard.press("Escape");
  await page.reload();
  await ready(page);
  await expect(editor.form, "it opens nothing by itself").toHaveCount(0);

  await rules.row("Prices").title.click();
  await expect(editor.text).toHaveValue("From 9 euros.");
  await expect(editor.form).toContainText(/You have an unsaved draft of this rule, put away today at \d\d:\d\d\./);
  await editor.text.fill(`Typed since, ${word}.`);
  const takeUp = editor.form.getByRole("button", { name: "Continue it" });
  await takeUp.click();
  await expect(editor.text).toHaveValue(`Put away, ${word}.`);
  await expect(editor.name).toBeFocused();
  await takeUp.click();
  await expect(editor.text).toHaveValue(`Typed since, ${word}.`);

  await editor.form.getByRole("button", { name: "Discard that draft" }).click();
  await expect(editor.form).not.toContainText("unsaved draft");
  await expect(editor.text).toHaveValue(`Typed since, ${word}.`);
  await editor.save.click();
  await expect(editor.form).toHaveCount(0);
  await rules.row("Prices").title.click();
  await expect(editor.form).not.toContainText("unsaved draft");
});

test("of two texts that were put away, the older is offered after the newer", async ({ page, rules, fern, word }) => {
  await rules.open(fern);
  const editor = rules.editor("Prices");
  const takeUp = editor.form.getByRole("button", { name: "Continue it" });
  const discard = editor.form.getByRole("button", { name: "Discard that draft" });
  for (const text of [`Older, ${word}.`, `Newer, ${word}.`]) {
    await rules.row("Prices").title.click();
    await editor.text.fill(text);
    await page.keyboard.press("Escape");
    await expect(editor.form).toHaveCount(0);
  }

  await rules.row("Prices").title.click();
  await takeUp.click();
  await expect(editor.text).toHaveValue(`Newer, ${word}.`);
  await takeUp.click();
  await expect(editor.text).toHaveValue(`Older, ${word}.`);
  await expect(editor.name).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(editor.form).toHaveCount(0);

  await rules.row("Prices").title.click();
  await discard.click();
  await expect(editor.name).toBeFocused();
  await takeUp.click();
  await expect(editor.text).toHaveValue(`Newer, ${word}.`);
  await expect(editor.form).not.toContainText("unsaved draft");
});

test("Undo changes nothing in a rule that was opened again, which offers what was put away", async ({ page, rules, fern, word }) => {
  await rules.open(fern);
  const editor = rules.editor("Prices");
  await rules.row("Prices").title.click();
  await editor.text.fill(`Put away, ${word}.`);
  await page.keyboard.press("Escape");
  await expect(editor.form).toHaveCount(0);
  await rules.row("Prices").title.click();
  await editor.text.fill(`Typed since, ${word}.`);
  await rules.undo.click();
  await expect(editor.name).toBeFocused();
  await expect(editor.text).toHaveValue(`Typed since, ${word}.`);

  page.once("dialog", (dialog) => dialog.accept());
  await page.reload();
  await ready(page);
  await expect(editor.text).toHaveValue(`Typed since, ${word}.`);
  await expect(editor.form).toContainText(/We kept what you were writing today at \d\d:\d\d\./);
  await editor.form.getByRole("button", { name: "Continue it" }).click();
  await expect(editor.text).toHaveValue(`Put away, ${word}.`);
  await editor.form.getByRole("button", { name: "Discard that draft" }).click();
  await expect(editor.form).not.toContainText("unsaved draft");
  await expect(editor.text).toHaveValue(`Put away, ${word}.`);
  await editor.form.getByRole("button", { name: "Discard it" }).click();
  await expect(editor.form).toHaveCount(0);
});

test("Undo offers again, in a rule that was opened again, what was discarded there", async ({ page, rules, fern, word }) => {
  await rules.open(fern);
  const editor = rules.editor("Prices");
  await rules.row("Prices").title.click();
  await editor.text.fill(`Put away, ${word}.`);
  await page.keyboard.press("Escape");
  await expect(editor.form).toHaveCount(0);
  await rules.row("Prices").title.click();
  await editor.form.getByRole("button", { name: "Discard that draft" }).click();
  await expect(editor.form).not.toContainText("unsaved draft");
  await rules.undo.click();
  await expect(editor.text).toHaveValue("From 9 euros.");
  await editor.form.getByRole("button", { name: "Continue it" }).click();
  await expect(editor.text).toHaveValue(`Put away, ${word}.`);
});

test("Undo changes nothing in a default reply that was opened again either", async ({ page, account, fern, word }) => {
  const { defaultReply } = account;
  await account.open(fern);
  await defaultReply.edit();
  await page.keyboard.type(` ${word}`);
  await page.keyboard.press("Escape");
  await defaultReply.says(saved);
  await defaultReply.edit();
  await page.keyboard.type(" Typed since.");
  await account.undo.click();
  await expect(defaultReply.field).toBeFocused();
  await expect(defaultReply.field).toHaveValue(`${saved} Typed since.`);
  const takeUp = defaultReply.region.getByRole("button", { name: "Continue it" });
  await takeUp.click();
  await expect(defaultReply.field).toHaveValue(`${saved} ${word}`);
  await takeUp.click();
  await expect(defaultReply.field).toHaveValue(`${saved} Typed since.`);
  await defaultReply.cancel.click();
});

test("a default reply that was put away is offered too", async ({ page, account, fern, word }) => {
  const { defaultReply } = account;
  await account.open(fern);
  await defaultReply.edit();
  await page.keyboard.type(` ${word}`);
  await page.keyboard.press("Escape");
  await page.reload();
  await ready(page);
  await defaultReply.says(saved);
  await defaultReply.edit();
  await expect(defaultReply.field).toHaveValue(saved);
  await defaultReply.region.getByRole("button", { name: "Continue it" }).click();
  await expect(defaultReply.field).toHaveValue(`${saved} ${word}`);
  await defaultReply.cancel.click();
});

test("Esc in the default reply does too", async ({ page, account, fern, word }) => {
  const { defaultReply } = account;
  await account.open(fern);
  await defaultReply.edit();
  await page.keyboard.type(` ${word}`);
  await page.keyboard.press("Escape");
  await defaultReply.says(saved);
  await account.undo.click();
  await expect(defaultReply.field).toHaveValue(`${saved} ${word}`);
  await expect(defaultReply.field).toBeFocused();
  await defaultReply.cancel.click();
});

test("a save that hangs says after eight seconds that the text is kept", async ({ page, rules, fern, word }) => {
  await page.clock.install();
  await rules.open(fern);
  await rules.row("Prices").title.click();
  const editor = rules.editor("Prices");
  const answers = await Held.at(page, "**/api/rules/save");
  await editor.text.fill(`Slowly, ${word}.`);
  await editor.save.click();
  await expect.poll(() => answers.count).toBe(1);
  const slow = editor.form.getByText("This takes long. Your text is kept on this device.");
  await expect(slow).toBeHidden();
  await page.clock.fastForward(8_500);
  await expect(slow).toBeVisible();
  await answers.letGo();
  await expect(editor.form).toHaveCount(0);
});

test("a session that ended is said at the sign-in, and the text is there afterwards", async ({ page, context, rules, signIn, fern, word }) => {
  await rules.open(fern);
  await rules.row("Prices").title.click();
  const editor = rules.editor("Prices");
  await editor.text.fill(`Kept, ${word}.`);
  await context.clearCookies();
  await editor.save.click();
  await expect(page).toHaveURL(/\/login\?next=/);
  await ready(page);
  await expect(page.getByRole("main")).toContainText("You were signed out");
  await expect(page.getByRole("main")).toContainText("What you wrote is kept in this browser.");
  await signIn.button.click();
  await expect(editor.text).toHaveValue(`Kept, ${word}.`);
});

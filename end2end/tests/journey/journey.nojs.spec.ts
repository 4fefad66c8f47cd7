// The same without JavaScript: every step is a link or a plain form, and a wrong one keeps what was typed.
import { KETTLE } from "../../fixtures/demo.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ signedIn: false });

test.afterEach(async ({ api, kettle, word }) => {
  for (const { rule } of (await api.rules(kettle)).rules) {
    if (rule.label.includes(word)) await api.deleteRule(kettle, rule.id);
  }
});

test("from the sign-in to the first answered DM, with plain forms", async (
  { page, signIn, overview, accounts, account, rules, messages, credits, chat, api, kettle, word },
) => {
  const reply = `Your parcel ${word} is on its way.`;
  const fallback = `Thank you, we read everything. ${word}`;
  await signIn.open();
  await signIn.button.click();
  await expect(overview.title).toBeAttached();
  const left = await api.credits();
  await overview.showsCredits(left);

  await overview.go("Instagram");
  await accounts.enter(KETTLE.username);
  await account.defaultReply.text.click();
  await account.defaultReply.field.fill(fallback);
  await account.defaultReply.save.click();
  await expect(account.notice).toHaveText("The default reply is saved.");
  await account.defaultReply.says(fallback);

  await account.rules.first().click();
  await rules.add.click();
  await rules.newRule.name.fill(`Parcel ${word}`);
  await rules.newRule.keyword.fill(`${word}, ${word}s`);
  await rules.newRule.text.fill(reply);
  await rules.newRule.save.click();
  const position = (await api.order(kettle)).length;
  await expect(rules.notice).toHaveText(`Parcel ${word} is added as rule ${position} of ${position}.`);
  await expect(rules.row(`Parcel ${word}`).item).toContainText(`Keywords: ${word}, ${word}s`);

  await chat.open(KETTLE, "qamar_22");
  await chat.write(`Where is my parcel ${word}?`);
  await expect(async () => {
    await chat.page.reload();
    await expect(chat.log.getByText(reply, { exact: true })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });

  await page.bringToFront();
  await page.reload();
  await rules.showsCredits(left - 1);
  await rules.go("Messages");
  await expect(messages.row(`Rule ${position}, Parcel ${word}`)).toContainText("Sent");
  await messages.go("Credits");
  await expect(credits.balance).toContainText(`${left - 1}`);
  await expect(credits.rows.first()).toContainText(`${KETTLE.username}, Rule ${position}`);

  await credits.openMenu();
  await page.getByRole("button", { name: "Sign out" }).filter({ visible: true }).click();
  await expect(signIn.button).toBeVisible();
});

test("a default reply that is too long comes back with what was typed and why", async ({ page, signIn, account, kettle }) => {
  const long = `${"Grüße! ".repeat(130)}`.trim();
  await signIn.open(`/admin/instagram/${kettle}`);
  await signIn.button.click();
  await account.defaultReply.text.click();
  await account.defaultReply.field.fill(long);
  await account.defaultReply.save.click();
  await expect(account.defaultReply.field).toHaveValue(long);
  await expect(account.defaultReply.field).toHaveAttribute("aria-invalid", "true");
  await expect(account.defaultReply.field).toHaveAccessibleDescription(/Your reply is 1,169 of 1,000 bytes, 169 too many\. Instagram would refuse it/);
  // Once more from the start: the sentence belonged to that attempt.
  await page.reload();
  await expect(account.defaultReply.field).not.toHaveValue(long);
});

test("a rule with mistakes comes back with what was typed and every sentence", async ({ signIn, rules, kettle, word }) => {
  await signIn.open(`/admin/rules/instagram/${kettle}`);
  await signIn.button.click();
  await rules.add.click();
  await rules.newRule.name.fill("n".repeat(81));
  await rules.newRule.keyword.fill(`${word}, two words`);
  await rules.newRule.text.fill("");
  await rules.newRule.save.click();
  await expect(rules.newRule.name).toHaveValue("n".repeat(81));
  await expect(rules.newRule.keyword).toHaveValue(`${word}, two words`);
  await expect(rules.newRule.name).toHaveAccessibleDescription(/81 of 80 characters/);
  await expect(rules.newRule.text).toHaveAccessibleDescription(/Write the reply\./);
  await rules.newRule.name.fill(`Fixed ${word}`);
  await rules.newRule.text.fill("Hello.\nSecond line.");
  await rules.newRule.save.click();
  await expect(rules.row(`Fixed ${word}`).item).toBeVisible();
});

test("rules are moved, switched, deleted and brought back with plain forms", async ({ page, signIn, rules, api, fern }) => {
  await api.setRules(fern, ["First", "Second", "Third"].map((label) => ({ label, keywords: [label], canned: label })));
  await signIn.open(`/admin/rules/instagram/${fern}`);
  await signIn.button.click();
  await rules.showsOrder("First", "Second", "Third");
  await rules.row("Third").up.click();
  await expect(rules.notice).toHaveText("Third is now rule 2 of 3.");
  await rules.showsOrder("First", "Third", "Second");
  await expect(page).toHaveURL(/#rule-/);

  await rules.row("Second").more.click();
  await rules.row("Second").menu.getByRole("spinbutton", { name: "Move to position" }).fill("1");
  await rules.row("Second").menu.getByRole("button", { name: "Move", exact: true }).click();
  await expect(rules.notice).toHaveText("Second is now rule 1 of 3.");
  await rules.showsOrder("Second", "First", "Third");
  await rules.row("Second").more.click();
  await rules.row("Second").menu.getByRole("button", { name: "Move to bottom" }).click();
  await rules.showsOrder("First", "Third", "Second");

  await rules.row("First").toggle.click();
  await expect(rules.notice).toHaveText("First is off.");
  await expect(rules.row("First").toggle).toHaveAttribute("aria-checked", "false");

  await rules.row("Third").delete();
  await rules.showsOrder("First", "Second");
  await page.getByText(/^\d+ deleted rules?$/).click();
  await page.getByRole("button", { name: "Undo: bring back “Third”" }).first().click();
  await expect(rules.notice).toHaveText("Third is back as rule 2 of 3.");
  await rules.showsOrder("First", "Third", "Second");

  await rules.row("Third").title.click();
  await rules.editor("Third").text.fill("Third, changed.");
  await rules.editor("Third").save.click();
  await expect(rules.notice).toHaveText("Third is saved.");
});

test("two people without JavaScript who change the same rule lose no word", async ({ page, signIn, rules, api, fern }) => {
  const [id] = await api.setRules(fern, [{ label: "Shared", keywords: ["shared"], canned: "As it was." }]);
  await signIn.open(`/admin/rules/instagram/${fern}`);
  await signIn.button.click();
  await rules.row("Shared").title.click();
  await rules.editor("Shared").text.fill("Mine.");
  await api.editRule(fern, id!, { label: "Shared", keywords: ["shared"], canned: "Theirs." });
  await rules.editor("Shared").save.click();
  const mine = rules.editor("Shared");
  await expect(mine.alert).toContainText("Theirs.");
  await expect(mine.text).toHaveValue("Mine.");
  await mine.form.getByRole("button", { name: "Save mine instead" }).click();
  await expect(rules.notice).toHaveText("Shared is saved.");
  await page.reload();
  await rules.row("Shared").title.click();
  await expect(rules.editor("Shared").text).toHaveValue("Mine.");
});

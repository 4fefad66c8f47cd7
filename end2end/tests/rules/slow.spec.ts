// People are faster than the server: what is typed or pressed while an answer is on its way is neither lost nor forgotten.
import { said } from "../../fixtures/page.ts";
import { Held } from "../../fixtures/slow.ts";
import { expect, test } from "../../fixtures/test.ts";

const four = ["Hours", "Prices", "Person", "Parking"].map((label) => ({ label, keywords: [label.toLowerCase()], canned: `${label}!` }));
test.beforeEach(async ({ api, fern }) => void (await api.setRules(fern, four)));

const fastTyped = [
  { how: "Save", keys: undefined },
  { how: "Ctrl+Enter", keys: "Control+Enter" },
];
for (const { how, keys } of fastTyped) {
  test(`a keyword that is not a chip yet is saved by ${how}`, async ({ page, rules, api, fern }) => {
    await rules.open(fern);
    await rules.row("Prices").title.click();
    const { keyword, save, form } = rules.editor("Prices");
    await keyword.fill("discount");
    await (keys ? keyword.press(keys) : save.click());
    await expect(form).toHaveCount(0);
    await page.reload();
    await expect(rules.row("Prices").item).toContainText("prices, discount");
    const { rules: stored } = await api.rules(fern);
    expect(JSON.stringify(stored)).toContain("discount");
  });
}

test("what is typed into a rule while it is being saved stays, and is saved next", async ({ page, rules, fern, word }) => {
  await rules.open(fern);
  await rules.row("Prices").title.click();
  const { text, save, form, keyword, chips } = rules.editor("Prices");
  const answers = await Held.at(page, "**/api/rules/save");
  await text.fill("From 9 euros.");
  await save.click();
  await expect.poll(() => answers.count).toBe(1);
  await text.press("End");
  await text.pressSequentially(` ${word}`);
  await keyword.fill("cost");
  await answers.letGo();
  await expect(said(page)).toHaveText("Prices is saved. What you wrote since then is not saved yet.");
  await expect(text).toHaveValue(`From 9 euros. ${word}`);
  await save.click();
  await expect(form).toHaveCount(0);
  await page.reload();
  await rules.row("Prices").title.click();
  await expect(text).toHaveValue(`From 9 euros. ${word}`);
  await expect(chips.filter({ hasText: "cost" })).toHaveCount(1);
});

test("what is typed into a new rule while it is being added stays, in the rule that was added", async ({ page, rules, api, fern, word }) => {
  await rules.open(fern);
  const editor = await rules.startNew();
  await editor.fill("Delivery", [word], "We deliver.");
  const answers = await Held.at(page, "**/api/rules/add");
  await editor.save.click();
  await expect.poll(() => answers.count).toBe(1);
  await editor.text.press("End");
  await editor.text.pressSequentially(" On weekdays.");
  await answers.letGo();
  const added = rules.editor("Delivery");
  await expect(added.text).toHaveValue("We deliver. On weekdays.");
  await expect(added.text).toBeFocused();
  await expect(rules.newRule.form).toHaveCount(0);
  await added.save.click();
  await expect(added.form).toHaveCount(0);
  const { rules: stored } = await api.rules(fern);
  expect(stored.map(({ rule }) => rule.label)).toEqual(["Hours", "Prices", "Person", "Parking", "Delivery"]);
  expect(JSON.stringify(stored[4])).toContain("We deliver. On weekdays.");
});

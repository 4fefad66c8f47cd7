// People are faster than the server: what is typed or pressed while an answer is on its way is neither lost nor forgotten.
import { ready, said } from "../../fixtures/page.ts";
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
  await ready(page);
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

test("moves are shown at once and saved one after the other", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  const answers = await Held.at(page, "**/api/rules/move");
  for (const place of [2, 3, 4]) {
    await rules.row("Hours").down.click();
    await expect(rules.row("Hours").item).toContainText(String(place));
  }
  await rules.showsOrder("Prices", "Person", "Parking", "Hours");
  await rules.row("Person").up.click();
  await rules.row("Parking").up.click();
  await rules.showsOrder("Person", "Parking", "Prices", "Hours");
  expect(answers.count, "the second waits for the first").toBe(1);
  await answers.letGo();
  await expect.poll(() => api.order(fern)).toEqual(["Person", "Parking", "Prices", "Hours"]);
  await expect(rules.main.getByText("Saving …")).toHaveCount(0);
  await rules.showsOrder("Person", "Parking", "Prices", "Hours");
});

test("a rule that is deleted while a move is on its way stays deleted", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  const answers = await Held.at(page, "**/api/rules/move");
  await rules.row("Hours").down.click();
  await rules.row("Person").delete();
  await rules.row("Parking").up.click();
  await rules.showsOrder("Prices", "Parking", "Hours");
  await answers.letGo();
  await expect.poll(() => api.order(fern)).toEqual(["Prices", "Parking", "Hours"]);
  await rules.showsOrder("Prices", "Parking", "Hours");
});

test("when a move fails, the list goes back to before it, and it can be moved to where it was wanted", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  let refused = false;
  await page.route("**/api/rules/move", async (route) => {
    if (refused) return route.continue();
    refused = true;
    await expect(rules.row("Hours").item).toContainText("4");
    await route.abort();
  });
  for (const _ of [2, 3, 4]) await rules.row("Hours").down.click();
  await expect(rules.alert).toContainText("The new order was not saved");
  await rules.showsOrder("Hours", "Prices", "Person", "Parking");
  await rules.alert.getByRole("button", { name: "Move it again" }).click();
  await rules.showsOrder("Prices", "Person", "Parking", "Hours");
  await expect.poll(() => api.order(fern)).toEqual(["Prices", "Person", "Parking", "Hours"]);
});

test("a switch is called by the rule's new name", async ({ rules, fern }) => {
  await rules.open(fern);
  await rules.row("Prices").title.click();
  await rules.editor("Prices").name.fill("What it costs");
  await rules.editor("Prices").save.click();
  await expect(rules.row("What it costs").toggle).toHaveAccessibleName(/^Use rule “What it costs”/);
});

test("a move that takes long is spoken of, and goes on", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  const answers = await Held.at(page, "**/api/rules/move");
  await rules.row("Parking").up.click();
  await rules.showsOrder("Hours", "Prices", "Parking", "Person");
  await expect.poll(() => answers.count).toBe(1);
  await expect(said(page)).toHaveText("This takes long. It is still being tried.");
  await expect(rules.main.getByText("Saving … This takes long.")).toBeVisible();
  await answers.letGo();
  await expect(rules.main.getByText("Saving …")).toHaveCount(0);
  expect(await api.order(fern)).toEqual(["Hours", "Prices", "Parking", "Person"]);
});

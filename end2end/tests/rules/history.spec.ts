// Every change of the rules stays visible, and there is a way back to each side of it.
import { expectAccessible, expectNoSidewaysScroll } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

const three = ["Hours", "Prices", "Person"].map((label) => ({ label, keywords: [label.toLowerCase()], canned: `${label}!` }));
let ids: string[] = [];
test.beforeEach(async ({ api, fern }) => {
  ids = await api.setRules(fern, three);
  await api.forgetExamples(fern);
});

test("who, when, what, before and after", async ({ page, rules, history, api, fern, word }) => {
  await api.editRule(fern, ids[1]!, { label: "Prices", keywords: ["prices", word], canned: `From 9 euros. ${word}` });
  await rules.open(fern);
  await rules.history.click();
  await expect(page).toHaveURL(new RegExp(`${fern}/history$`));
  const newest = history.changes.first();
  await expect(newest).toContainText("demo@concierge.example");
  await expect(newest).toContainText("Prices");
  await newest.locator("summary").click();
  await expect(newest.locator("del")).toHaveText(["Before: prices · whole word", "Before: Prices!"]);
  await expect(newest.locator("ins")).toHaveText([`After: prices, ${word} · whole word`, `After: From 9 euros. ${word}`]);
  await expect(newest.getByRole("link", { name: "Restore the rules from after this change" }), "that is how it is").toHaveCount(0);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test("restore to before a change: looked at first, one confirmation, and a change itself", async ({ page, rules, history, api, fern }) => {
  await api.keepExample(fern, "prices, person");
  await api.moveRule(fern, ids[2]!, 1);
  await history.open(fern);
  await history.askFor("Person moved to 1 of 3.", "before");
  await expect(history.question).toContainText("1 rule is moved.");
  await expect(history.question).toContainText("Person moves from 1 to 3");
  await expect(history.question).toContainText("This change alters the only example.");
  await expect(history.question.getByRole("heading", { level: 2 })).toBeFocused();
  await expectAccessible(page);
  expect(await api.order(fern), "looking changes nothing").toEqual(["Person", "Hours", "Prices"]);
  await history.restore.click();
  await expect(page).toHaveURL(/#rules$/);
  await expect(rules.notice).toContainText("Restored. 1 rule is moved.");
  await rules.showsOrder("Hours", "Prices", "Person");

  await history.open(fern);
  await expect(history.changes.first()).toContainText("Went back to an earlier state: 1 rule is moved.");
  await history.askFor("Person moved to 1 of 3.", "after");
  await history.restore.click();
  await rules.showsOrder("Person", "Hours", "Prices");
});

test("somebody changes the rules meanwhile: nothing is done, and what would change now is shown", async ({ rules, history, api, fern }) => {
  await api.moveRule(fern, ids[2]!, 1);
  await history.open(fern);
  await history.askFor("Person moved to 1 of 3.", "before");
  await api.addRule(fern, { label: "Parking", keywords: ["parking"], canned: "Behind the house." });
  await history.restore.click();
  await expect(history.warning).toContainText("demo@concierge.example changed the rules at");
  await expect(history.question).toContainText("Rule 4, Parking, is deleted");
  expect(await api.order(fern)).toEqual(["Person", "Hours", "Prices", "Parking"]);
  await history.restore.click();
  await rules.showsOrder("Hours", "Prices", "Person");
});

test("a way back that leads nowhere says so, and Cancel goes back to the list", async ({ page, history, api, fern }) => {
  await history.open(fern, "?change=01a203e9-2063-759d-85a0-cca628248429&side=before");
  await expect(history.main).toContainText("This change is not in the history any more.");
  await api.moveRule(fern, ids[2]!, 1);
  await history.open(fern);
  await history.askFor("Person moved to 1 of 3.", "before");
  await history.cancel.click();
  await expect(history.question).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`${fern}/history`));
});

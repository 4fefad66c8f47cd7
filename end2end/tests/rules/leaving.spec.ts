// The reader goes on to another page while something is still being done, or can still be undone.
import { said } from "../../fixtures/page.ts";
import { Held } from "../../fixtures/slow.ts";
import { expect, test } from "../../fixtures/test.ts";

const three = ["Hours", "Prices", "Person"].map((label) => ({ label, keywords: [label.toLowerCase()], canned: `${label}!` }));
test.beforeEach(async ({ api, fern }) => void (await api.setRules(fern, three)));

test("a deleted rule can be brought back from another page", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  await rules.row("Prices").delete();
  await expect(rules.undo).toBeVisible();
  await rules.go("Credits");
  await rules.undo.click();
  await expect(rules.toast).toHaveText("“Prices” is back in its place.");
  await expect(said(page)).toHaveText("Undone. “Prices” is back in its place.");
  await expect.poll(() => api.order(fern)).toEqual(["Hours", "Prices", "Person"]);
});

test("a move can be undone from another page", async ({ rules, api, fern }) => {
  await rules.open(fern);
  await rules.row("Prices").up.click();
  await expect(rules.undo).toBeVisible();
  await rules.go("Credits");
  await rules.undo.click();
  await expect(rules.toast).toHaveText("“Prices” is back at 2 of 3.");
  await expect.poll(() => api.order(fern)).toEqual(["Hours", "Prices", "Person"]);
});

test("an undo that does not work any more says so, on every page", async ({ rules, api, fern }) => {
  const ids = (await api.rules(fern)).rules.map(({ rule }) => rule.id);
  await rules.open(fern);
  await rules.row("Prices").up.click();
  await expect(rules.undo).toBeVisible();
  await rules.go("Credits");
  await api.moveRule(fern, ids[2]!, 1);
  await rules.undo.click();
  await expect(rules.toast).toContainText("Not undone. ");
  expect(await api.order(fern)).toEqual(["Person", "Prices", "Hours"]);
});

test("changes on their way arrive when the page is left", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  const answers = await Held.at(page, "**/api/rules/move");
  await rules.row("Hours").down.click();
  await rules.row("Person").up.click();
  await rules.row("Prices").delete();
  await rules.go("Credits");
  await answers.letGo();
  await expect.poll(() => api.order(fern)).toEqual(["Person", "Hours"]);
  await expect(said(page)).toHaveText("Prices deleted. Undo available.");
});

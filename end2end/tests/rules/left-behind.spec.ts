// What a form brought back belongs to the page it came back to, and to what was looked at there: nowhere else is it shown.
import { ready } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

const three = ["Hours", "Prices", "Person"].map((label) => ({ label, keywords: [label.toLowerCase()], canned: `${label}!` }));
let ids: string[] = [];
test.beforeEach(async ({ api, fern, kettle }) => {
  ids = await api.setRules(fern, three);
  await api.setRules(kettle, [{ label: "Coffee", keywords: ["coffee"], canned: "Yes." }]);
});

const file = JSON.stringify({ format: "concierge reply config", version: 1, default_reply: { canned: "Thanks!" }, rules: [] });

test("a file that was looked at for one account is not offered to another", async ({ page, accounts, rules, transfer, fern, kettle }) => {
  await transfer.open(fern);
  await transfer.text.fill(file);
  await transfer.look.click();
  await expect(transfer.import).toContainText("3 rules are deleted");
  await ready(page);
  await transfer.go("Instagram");
  await accounts.main.locator(`a[href^="/admin/rules/instagram/${kettle}"]`).first().click();
  await rules.transfer.click();
  await expect(page).toHaveURL(new RegExp(`${kettle}/transfer`));
  await expect(transfer.look).toBeVisible();
  await expect(transfer.confirmImport).toHaveCount(0);
  await expect(transfer.text).toHaveValue("");
});

test("Cancel puts the file away, and the next one can be looked at", async ({ page, transfer, api, fern }) => {
  await transfer.open(fern);
  await transfer.text.fill(file);
  await transfer.look.click();
  await expect(transfer.confirmImport).toBeVisible();
  await ready(page);
  await transfer.cancelImport.click();
  await expect(transfer.confirmImport).toHaveCount(0);
  await expect(transfer.text).toBeEditable();
  await expect(transfer.text).toHaveValue("");
  await expect(transfer.import.getByRole("heading", { name: "Import", exact: true })).toBeFocused();
  await transfer.text.fill("hello");
  await transfer.look.click();
  await expect(transfer.problems).toContainText("This is not a file of Concierge");
  expect(await api.order(fern)).toEqual(["Hours", "Prices", "Person"]);
});

test("a restore that came too late is forgotten when another one is chosen", async ({ page, rules, history, api, fern }) => {
  await api.moveRule(fern, ids[2]!, 1);
  await api.moveRule(fern, ids[1]!, 1);
  await history.open(fern);
  await history.askFor("Person moved to 1 of 3.", "before");
  await api.addRule(fern, { label: "Parking", keywords: ["parking"], canned: "Behind the house." });
  await history.restore.click();
  await expect(history.warning).toContainText("changed the rules at");
  await ready(page);
  await history.cancel.click();
  await expect(history.question).toHaveCount(0);
  await history.askFor("Prices moved to 1 of 3.", "after");
  await expect(history.question).toContainText("Rule 4, Parking, is deleted");
  await expect(history.question).not.toContainText("moves from");
  await expect(history.warning).toHaveCount(0);
  await history.restore.click();
  await rules.showsOrder("Prices", "Person", "Hours");
});

test("a notice stays on the page it was made for", async ({ page, transfer, rules, fern }) => {
  await transfer.open(fern);
  await transfer.text.fill(file);
  await transfer.look.click();
  await transfer.confirmImport.click();
  await expect(rules.notice.filter({ hasText: "Imported." })).toBeVisible();
  await ready(page);
  await rules.go("Credits");
  await expect(rules.notice.filter({ hasText: "Imported." })).toHaveCount(0);
});

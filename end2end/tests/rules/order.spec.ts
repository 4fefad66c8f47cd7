// The order of the rules, on and off, delete and undo: at once on the page, then stored, spoken, and never losing the focus.
import { FERN } from "../../fixtures/demo.ts";
import { ready, said, saidFailed } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

const three = ["Hours", "Prices", "Person"].map((label) => ({ label, keywords: [label.toLowerCase()], canned: `${label}!` }));
let ids: string[] = [];
test.beforeEach(async ({ api, fern }) => void (ids = await api.setRules(fern, three)));

test("up and down by button: stored, spoken, focus stays", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  await rules.showsOrder("Hours", "Prices", "Person");
  await rules.row("Person").up.click();
  await rules.showsOrder("Hours", "Person", "Prices");
  await expect(said(page)).toContainText("Person moved to 2 of 3.");
  await expect(rules.row("Person").up).toBeFocused();
  await rules.row("Person").up.click();
  await rules.showsOrder("Person", "Hours", "Prices");
  await expect(rules.row("Person").up).toBeFocused();
  await expect(rules.row("Person").up).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Enter");
  await expect(said(page)).toHaveText("Already first.");
  await rules.row("Prices").down.focus();
  await page.keyboard.press("Enter");
  await expect(said(page)).toHaveText("Already last.");
  await rules.row("Person").down.click();
  await rules.showsOrder("Hours", "Person", "Prices");
  await expect.poll(() => api.order(fern)).toEqual(["Hours", "Person", "Prices"]);
  await page.reload();
  await ready(page);
  await rules.showsOrder("Hours", "Person", "Prices");
});

test("Alt and the arrows move from the title; a toast takes it back", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  await rules.row("Prices").title.focus();
  await page.keyboard.press("Alt+ArrowUp");
  await rules.showsOrder("Prices", "Hours", "Person");
  await expect(said(page)).toContainText("Prices moved to 1 of 3.");
  await expect(rules.row("Prices").title).toBeFocused();
  await rules.undo.click();
  await rules.showsOrder("Hours", "Prices", "Person");
  await expect(said(page)).toHaveText("Undone. Prices is back at 2 of 3.");
  await expect.poll(() => api.order(fern)).toEqual(["Hours", "Prices", "Person"]);
});

test("quick moves one after the other all arrive", async ({ rules, api, fern }) => {
  await rules.open(fern);
  await rules.row("Person").up.click();
  await rules.row("Person").up.click();
  await rules.row("Hours").down.click();
  await expect.poll(() => api.order(fern)).toEqual(["Person", "Prices", "Hours"]);
  await rules.showsOrder("Person", "Prices", "Hours");
});

test("an open editor with unsaved text stays open while the list moves", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  await rules.row("Prices").title.click();
  await rules.editor("Prices").text.fill("Half a sent");
  await rules.row("Person").up.click();
  await rules.showsOrder("Hours", "Person", "Prices");
  await expect.poll(() => api.order(fern)).toEqual(["Hours", "Person", "Prices"]);
  await api.moveRule(fern, ids[0]!, 3);
  await rules.showsOrder("Person", "Prices", "Hours");
  await expect(rules.editor("Prices").text).toHaveValue("Half a sent");
  await rules.editor("Prices").text.press("Escape");
  await expect(page.getByRole("form", { name: "Edit rule Prices" })).toHaveCount(0);
});

test("on and off at once, spoken, stored, and obeyed", async ({ page, rules, sandbox, api, fern, word }) => {
  await api.setDefaultReply(fern, `Default ${word}`);
  await rules.open(fern);
  const { toggle } = rules.row("Prices");
  await expect(toggle).toHaveAccessibleName(/Prices/);
  await toggle.click();
  await expect(toggle).not.toBeChecked();
  await expect(said(page)).toHaveText("Prices is off.");
  await sandbox.dm(FERN, word, "prices please");
  await sandbox.received(FERN, word, `Default ${word}`);
  await page.reload();
  await ready(page);
  await expect(toggle).not.toBeChecked();
  await toggle.click();
  await expect(toggle).toBeChecked();
  await expect(said(page)).toHaveText("Prices is on.");
  await sandbox.dm(FERN, word, "prices please");
  await sandbox.received(FERN, word, "Prices!");
});

test("delete acts at once, with undo in the toast and later in the list of the deleted", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  await rules.row("Prices").delete();
  await rules.showsOrder("Hours", "Person");
  await expect(said(page)).toHaveText("Prices deleted. Undo available.");
  await expect(rules.row("Person").title, "the rule that took its place has the focus").toBeFocused();
  await rules.undo.click();
  await rules.showsOrder("Hours", "Prices", "Person");
  await expect(said(page)).toHaveText("Undone. The rule is back in its place.");
  await expect(rules.row("Prices").title).toBeFocused();

  await rules.row("Hours").delete();
  await expect.poll(() => api.order(fern)).toEqual(["Prices", "Person"]);
  await page.reload();
  await ready(page);
  await page.getByText(/^\d+ deleted rules?$/).click();
  await page.getByRole("button", { name: "Undo: bring back “Hours”" }).first().click();
  await rules.showsOrder("Hours", "Prices", "Person");
});

test("the last rule deleted leaves the starters and the focus on the page", async ({ page, rules, api, fern }) => {
  await api.setRules(fern, three.slice(0, 1));
  await rules.open(fern);
  await rules.row("Hours").delete();
  await expect(rules.main.getByRole("heading", { name: /^No rules yet/ })).toBeVisible();
  await expect(page.locator("body")).not.toBeFocused();
  await rules.undo.click();
  await rules.showsOrder("Hours");
});

test.describe("somebody else changed the order meanwhile", () => {
  // This page hears of nothing, as after a lost connection.
  test.beforeEach(async ({ page }) => {
    await page.route("**/api/events", (route) => route.abort());
  });

  test("both changes are named, and both can be kept", async ({ page, rules, api, fern }) => {
    await rules.open(fern);
    await api.moveRule(fern, ids[0]!, 2);
    await rules.row("Person").up.click();
    await expect(rules.alert).toContainText("demo@concierge.example changed this list at");
    await expect(rules.alert).toContainText("You moved “Person” from 3 to 2.");
    await expect(saidFailed(page)).toHaveText("Not saved. Person is back at 3 of 3.");
    await rules.showsOrder("Prices", "Hours", "Person");
    await rules.alert.getByRole("button", { name: "Keep both changes" }).click();
    await rules.showsOrder("Prices", "Person", "Hours");
    await expect.poll(() => api.order(fern)).toEqual(["Prices", "Person", "Hours"]);
    await expect(rules.alert).toHaveCount(0);
  });

  test("theirs can be used", async ({ rules, api, fern }) => {
    await rules.open(fern);
    await api.moveRule(fern, ids[0]!, 3);
    await rules.row("Prices").down.click();
    await rules.alert.getByRole("button", { name: /^Use .* list$/ }).click();
    await rules.showsOrder("Prices", "Person", "Hours");
    await expect.poll(() => api.order(fern)).toEqual(["Prices", "Person", "Hours"]);
  });
});

test("a move that cannot be saved goes back, says so, and can be tried again", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  await page.route("**/api/rules/move", (route) => route.abort());
  await rules.row("Person").up.click();
  await expect(rules.alert).toContainText("The new order was not saved");
  await rules.showsOrder("Hours", "Prices", "Person");
  await expect(saidFailed(page)).toHaveText("Not saved. Person is back at 3 of 3.");
  await page.unroute("**/api/rules/move");
  await rules.alert.getByRole("button", { name: "Move it again" }).click();
  await rules.showsOrder("Hours", "Person", "Prices");
  await expect.poll(() => api.order(fern)).toEqual(["Hours", "Person", "Prices"]);
});

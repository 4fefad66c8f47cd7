// The rules as a file: out, in, and to another account. Looked at first; all of it or nothing.
import { readFile } from "node:fs/promises";
import { expectAccessible, expectNoSidewaysScroll } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

const two = ["Hours", "Prices"].map((label) => ({ label, keywords: [label.toLowerCase()], canned: `${label}!` }));
test.beforeEach(async ({ api, fern, kettle }) => {
  await api.setRules(fern, two);
  await api.setDefaultReply(fern, "Thank you.");
  await api.setRules(kettle, [{ label: "Coffee", keywords: ["coffee"], canned: "Yes." }]);
  await api.setDefaultReply(kettle, "Thank you.");
});

test("a file leaves, is changed, and comes back", async ({ page, rules, transfer, api, fern }, info) => {
  await rules.open(fern);
  await rules.transfer.click();
  const [download] = await Promise.all([page.waitForEvent("download"), transfer.download.click()]);
  expect(download.suggestedFilename()).toBe("fernandfjord.rules.json");
  const saved = info.outputPath("rules.json");
  await download.saveAs(saved);
  const text = await readFile(saved, "utf8");

  const changed = text.replace('"Prices!"', '"From 9 euros."');
  await transfer.file.setInputFiles({ name: "rules.json", mimeType: "application/json", buffer: Buffer.from(changed) });
  await expect(transfer.text).toHaveValue(changed);
  await transfer.look.click();
  await expect(transfer.import).toContainText("1 rule is changed.");
  await expect(transfer.import.locator("ins")).toHaveText(["After: From 9 euros."]);
  await expect(transfer.text, "what was looked at stays as it is").toHaveAttribute("readonly");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await transfer.confirmImport.click();
  await expect(rules.notice).toContainText("Imported. 1 rule is changed.");
  await rules.row("Prices").title.click();
  await expect(rules.editor("Prices").text).toHaveValue("From 9 euros.");
  expect(await api.order(fern)).toEqual(["Hours", "Prices"]);
});

test("what is wrong is named with its place, and what was pasted stays", async ({ page, transfer, api, fern }) => {
  const rule = { label: "", matcher: { keywords: { any_of: ["x"] } }, response: { canned: "Hi" } };
  const wrong = JSON.stringify({ format: "concierge reply config", version: 1, default_reply: { canned: "" }, rules: [rule] });
  await transfer.open(fern);
  await transfer.look.click();
  await expect(transfer.problems).toContainText("Choose a file, or paste its text.");
  await transfer.text.fill(wrong);
  await transfer.look.click();
  await expect(transfer.problems).toContainText("default_reply.canned");
  await expect(transfer.problems).toContainText("rules[0].label");
  await expect(transfer.text).toHaveValue(wrong);
  await expect(transfer.text).toHaveAttribute("aria-invalid", "true");
  await expect(transfer.text).toHaveAccessibleDescription(/rules\[0\]\.label/);
  await expectAccessible(page);
  await transfer.text.fill("hello");
  await transfer.look.click();
  await expect(transfer.problems).toContainText("This is not a file of Concierge");
  expect(await api.order(fern)).toEqual(["Hours", "Prices"]);
});

test("a long file survives the way there and back", async ({ transfer, rules, api, fern }) => {
  const rule = (at: number) => ({
    label: `Rule ${at}`,
    matcher: { keywords: { any_of: [`word${at}`] } },
    response: { canned: `Number ${at}. ${"Grüße! ".repeat(100)}`.trim() },
  });
  const rulesOfFile = Array.from({ length: 60 }, (_, at) => rule(at + 1));
  const file = JSON.stringify({ format: "concierge reply config", version: 1, default_reply: { canned: "Thank you." }, rules: rulesOfFile });
  await transfer.open(fern);
  await transfer.text.fill(file);
  await transfer.look.click();
  await expect(transfer.import).toContainText("60 rules are added, 2 rules are deleted.");
  await expect(transfer.text).toHaveValue(file);
  await transfer.confirmImport.click();
  await expect(rules.main.getByText("Imported. 60 rules are added, 2 rules are deleted.")).toBeVisible();
  expect(await api.order(fern)).toHaveLength(60);
});

test("somebody changes the rules meanwhile: nothing is imported, and what would change now is shown", async ({ transfer, rules, api, fern }) => {
  const file = JSON.stringify({ format: "concierge reply config", version: 1, default_reply: { canned: "Thanks!" }, rules: [] });
  await transfer.open(fern);
  await transfer.text.fill(file);
  await transfer.look.click();
  await expect(transfer.import).toContainText("2 rules are deleted, the default reply changes.");
  await api.addRule(fern, { label: "Parking", keywords: ["parking"], canned: "Behind the house." });
  await transfer.confirmImport.click();
  await expect(transfer.import.getByRole("alert")).toContainText("changed the rules at");
  await expect(transfer.import).toContainText("3 rules are deleted, the default reply changes.");
  await expect(transfer.text).toHaveValue(file);
  expect(await api.order(fern)).toHaveLength(3);
  await transfer.confirmImport.click();
  await expect(rules.notice).toContainText("Imported. 3 rules are deleted, the default reply changes.");
});

test("the rules of one account for another one of the workspace", async ({ page, transfer, rules, api, fern, kettle }) => {
  await transfer.open(fern);
  await transfer.account.selectOption(kettle);
  await transfer.lookThere.click();
  await expect(transfer.copy).toContainText("This would change at @copperkettle.coffee:");
  await expect(transfer.copy).toContainText("2 rules are added, 1 rule is deleted.");
  await expectAccessible(page);
  await transfer.confirmCopy.click();
  await expect(page).toHaveURL(new RegExp(`/admin/rules/instagram/${kettle}`));
  await expect(rules.notice).toContainText("Copied. 2 rules are added, 1 rule is deleted.");
  await rules.showsOrder("Hours", "Prices");
  expect(await api.order(fern)).toEqual(["Hours", "Prices"]);
  await transfer.open(fern, `?to=${kettle}`);
  await expect(transfer.copy).toContainText("Nothing changes.");
  await expect(transfer.confirmCopy).toHaveCount(0);
});

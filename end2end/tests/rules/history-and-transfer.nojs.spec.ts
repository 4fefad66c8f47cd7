// The history, a file of rules, a copy, quiet hours and the disclosure line, with plain forms and links alone.
import { FERN } from "../../fixtures/demo.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

const three = ["Hours", "Prices", "Person"].map((label) => ({ label, keywords: [label.toLowerCase()], canned: `${label}!` }));
let ids: string[] = [];
test.beforeEach(async ({ api, fern }) => {
  ids = await api.setRules(fern, three);
  await api.setDefaultReply(fern, "Thank you.");
});

test("back to before a change", async ({ rules, history, api, fern }) => {
  await api.moveRule(fern, ids[2]!, 1);
  await rules.open(fern);
  await rules.history.click();
  await history.askFor("Person moved to 1 of 3.", "before");
  await expect(history.question).toContainText("Person moves from 1 to 3");
  await api.addRule(fern, { label: "Parking", keywords: ["parking"], canned: "Behind the house." });
  await history.restore.click();
  await expect(history.warning).toContainText("changed the rules at");
  await expect(history.question).toContainText("Rule 4, Parking, is deleted");
  await history.restore.click();
  await expect(rules.notice).toContainText("Restored.");
  await rules.showsOrder("Hours", "Prices", "Person");
});

test("a pasted file with a mistake, then without", async ({ rules, transfer, fern }) => {
  await rules.open(fern);
  await rules.transfer.click();
  await expect(transfer.file, "reading a file takes a script").toBeHidden();
  await transfer.text.fill('{"format": "concierge reply config", "version": 1}');
  await transfer.look.click();
  await expect(transfer.problems).toContainText("“default_reply” is missing (line 1).");
  await expect(transfer.text).toHaveValue('{"format": "concierge reply config", "version": 1}');
  const file = JSON.stringify({ format: "concierge reply config", version: 1, default_reply: { canned: "Thanks!" }, rules: [] });
  await transfer.text.fill(file);
  await transfer.look.click();
  await expect(transfer.import).toContainText("3 rules are deleted, the default reply changes.");
  await expect(transfer.text).toHaveValue(file);
  await transfer.confirmImport.click();
  await expect(rules.notice).toContainText("Imported. 3 rules are deleted, the default reply changes.");
});

test("a copy for another account", async ({ page, transfer, rules, api, fern, kettle }) => {
  await api.setRules(kettle, []);
  await api.setDefaultReply(kettle, "Thank you.");
  await transfer.open(fern);
  await transfer.account.selectOption(kettle);
  await transfer.lookThere.click();
  await expect(transfer.copy).toContainText("3 rules are added.");
  await transfer.confirmCopy.click();
  await expect(page).toHaveURL(new RegExp(kettle));
  await expect(rules.notice).toContainText("Copied. 3 rules are added.");
});

test("quiet hours, Resume, and the line before replies", async ({ page, account, settings, api, sandbox, fern, word }) => {
  const { people } = account;
  await account.open(fern);
  await people.hours.fill("999");
  await people.save.click();
  await expect(people.hours).toHaveValue("999");
  await expect(people.hours).toHaveAccessibleDescription(/168/);
  await people.hours.fill("2");
  await people.save.click();
  await expect(account.notice).toHaveText("Saved. Concierge keeps quiet for 2 hours after a person wrote.");
  await api.resumeAll(fern);
  await sandbox.dm(FERN, word, "Hello?");
  await sandbox.received(FERN, word, "Thank you.");
  await sandbox.personWrites(FERN, word, "Hi, this is Ada.");
  await expect.poll(async () => (await api.account(fern)).quiet).toHaveLength(1);
  await page.reload();
  await people.resume(people.conversations).click();
  await expect(account.notice).toHaveText("Resumed. The next message in this conversation is answered.");
  await expect(people.region).toContainText("No conversation is with a person right now.");

  await settings.open();
  await settings.disclosure.fill("x".repeat(301));
  await settings.saveDisclosure.click();
  await expect(settings.disclosure).toHaveValue("x".repeat(301));
  await expect(settings.disclosure).toHaveAccessibleDescription(/301 of 300 bytes/);
  await settings.disclosure.fill("");
  await settings.saveDisclosure.click();
  await expect(settings.notice).toHaveText("The line is saved.");
});

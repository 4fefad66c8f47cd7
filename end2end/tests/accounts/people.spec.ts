// When a person answers: a rule leaves a conversation to one, or one writes by themselves; Concierge keeps quiet until Resume.
import { FERN } from "../../fixtures/demo.ts";
import { expectAccessible, expectNoSidewaysScroll, ready, said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

const fallback = "Thank you, we answer within a day.";
test.beforeEach(async ({ api, fern }) => {
  await api.setRules(fern, []);
  await api.setDefaultReply(fern, fallback);
  await api.switchOn(fern);
  await api.post("accounts/quiet-hours", { account: fern, quiet_hours: 12 });
  await api.resumeAll(fern);
});

test("a rule leaves the conversation to a person, and Resume takes it back", async ({ page, account, rules, api, sandbox, fern, word }) => {
  await rules.open(fern);
  await page.getByRole("link", { name: "Blank rule" }).click();
  await rules.newRule.fill("Talk to a person", [word], `Somebody will write to you. ${word}`);
  await rules.newRule.leaveToPerson.check();
  await rules.newRule.save.click();
  await rules.showsOrder("Talk to a person");
  await sandbox.dm(FERN, word, `${word}, please`);
  await sandbox.received(FERN, word, `Somebody will write to you. ${word}`);

  await account.open(fern);
  const { people } = account;
  await expect(people.conversations).toHaveCount(1);
  await expect(people.conversations).toContainText("A rule left it to a person; nobody has written yet");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await sandbox.dm(FERN, word, "Anybody there?");
  await expect(account.recent.getByRole("listitem").first()).toContainText("Not answered");
  await people.resume(people.conversations).click();
  await expect(people.region).toContainText("No conversation is with a person right now.");
  await expect(said(page)).toHaveText("Resumed. The next message in this conversation is answered.");
  await sandbox.dm(FERN, word, "And now?");
  await sandbox.received(FERN, word, fallback);
  expect((await api.account(fern)).quiet).toEqual([]);
});

test("a person writes in Instagram: quiet for so many hours as the account says, and not at all with 0", async (
  { page, account, sandbox, fern, word },
) => {
  const { people } = account;
  await account.open(fern);
  await people.hours.fill("3");
  await people.save.click();
  await expect(said(page)).toHaveText("Saved.");
  await sandbox.dm(FERN, word, "Hello?");
  await sandbox.received(FERN, word, fallback);
  await sandbox.personWrites(FERN, word, "Hi, this is Ada from the shop.");
  await expect(people.conversations).toHaveCount(1);
  await expect(people.conversations).toContainText("A person wrote");
  await expect(people.conversations).toContainText("Quiet until");

  await people.hours.fill("0");
  await people.save.click();
  await expect(people.region).toContainText("No conversation is with a person right now.");
  await page.reload();
  await ready(page);
  await expect(people.hours).toHaveValue("0");
});

test("a customer who is with a person is named, with the way to their chat", async ({ page, account, sandbox, fern, word }) => {
  const { people } = account;
  await sandbox.personWrites(FERN, word, `Hi ${word}, this is Ada from the shop.`);
  await account.open(fern);
  const chat = people.conversations.getByRole("link", { name: `@${word}` });
  await expect(chat).toHaveAttribute("href", new RegExp(`/\\?to=${FERN.username}&as=${word}$`));
  await expect(chat).toHaveAttribute("target", "_blank");
  expect((await chat.boundingBox())!.height, "the arrow stands on the line of the name").toBeLessThan(30);
  await expect(people.conversations).toContainText(/Customer ··\d{4}/);
  await expect(people.region.getByText("Show who they are")).toBeHidden();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test("names are asked for once: a list that becomes shorter asks nobody", async ({ page, account, api, sandbox, fern, word }) => {
  const { people } = account;
  let asked = 0;
  page.on("request", (request) => void (asked += Number(request.url().endsWith("/api/accounts/customer-names"))));
  for (const customer of [word, `${word}.too`]) {
    await sandbox.personWrites(FERN, customer, `Hi ${customer}, this is Ada from the shop.`);
  }
  await expect.poll(async () => (await api.account(fern)).quiet.length).toBe(2);
  await account.open(fern);
  await expect(people.conversations.getByRole("link")).toHaveCount(2);
  await people.resume(people.conversations.first()).click();
  await expect(people.conversations).toHaveCount(1);
  await expect(people.conversations.getByRole("link")).toHaveCount(1);
  expect(asked).toBe(1);
});

test("Meta does not tell who it is: the end of the id stays", async ({ account, sandbox, fern, word }) => {
  const { people } = account;
  await sandbox.personWrites(FERN, word, `Hi ${word}, this is Ada from the shop.`);
  await sandbox.fault(FERN, "server_error", { http_status: 503, edge: "profile" });
  await account.open(fern);
  await expect(people.conversations).toContainText("Meta did not tell who it is.");
  await expect(people.conversations).toContainText(/Customer ··\d{4}/);
  await expect(people.conversations.getByRole("link")).toHaveCount(0);
  await sandbox.repair();
});

test("hours that cannot be kept are refused beside the field, and stay typed", async ({ account, fern }) => {
  const { people } = account;
  await account.open(fern);
  await people.hours.fill("999");
  await people.save.click();
  await expect(people.hours).toHaveAttribute("aria-invalid", "true");
  await expect(people.hours).toBeFocused();
  await expect(people.hours).toHaveAccessibleDescription(/168/);
  await expect(people.hours).toHaveValue("999");
});

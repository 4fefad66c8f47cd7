// Conversations that are with a person, without JavaScript: who they are is asked of Meta when somebody wants to know.
import { FERN } from "../../fixtures/demo.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

test("who they are is shown on demand, and Resume goes on", async ({ account, api, sandbox, fern, word }) => {
  const { people } = account;
  await api.switchOn(fern);
  await api.post("accounts/quiet-hours", { account: fern, quiet_hours: 12 });
  await api.resumeAll(fern);
  await sandbox.personWrites(FERN, word, `Hi ${word}, this is Ada from the shop.`);
  await expect.poll(async () => (await api.account(fern)).quiet.length).toBe(1);
  await account.open(fern);
  await expect(people.conversations).toContainText(/Customer ··\d{4}/);
  await expect(people.conversations).not.toContainText(`@${word}`);
  await people.region.getByRole("link", { name: "Show who they are" }).click();
  await expect(people.conversations.getByRole("link", { name: `@${word}` })).toBeVisible();
  await people.resume(people.conversations).click();
  await expect(people.region).toContainText("No conversation is with a person right now.");
});

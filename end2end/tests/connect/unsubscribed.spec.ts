// Meta stops sending an account's messages without a word: a check mends it, and the pages say that DMs were missed.
import { FERN } from "../../fixtures/demo.ts";
import { expectAccessible, said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "unsubscribed" });

const FOUND =
  "The connection was checked: Meta had stopped sending messages here. It sends them again; DMs meanwhile may have been missed. Look in Instagram.";

test.beforeEach(async ({ api, sandbox, fern }) => {
  await api.switchOn(fern);
  await api.post("accounts/check", { account: fern });
  await sandbox.fault(FERN, "unsubscribed");
});

test.afterEach(async ({ sandbox }) => sandbox.repair());

test("Check now says what was wrong, and the pages go on saying it", async ({ page, account, overview, health, api, sandbox, fern, word }) => {
  const thanks = `Here again ${word}`;
  await api.setDefaultReply(fern, thanks);
  await sandbox.dm(FERN, "der.fahrradbote", `Lost ${word}`);
  await account.open(fern);
  await account.checkNow.click();
  await expect(said(page)).toHaveText(FOUND);
  await expect(account.toast).toContainText(FOUND);
  await expect(account.connection).toContainText(/Made again at .+: it had been lost\. DMs before that may have been missed; look in Instagram\./);
  await expectAccessible(page);

  await overview.open();
  const told = overview.needsYou.getByRole("listitem").filter({ hasText: "was cut off from Meta until" });
  await expect(told).toHaveCount(1);
  await expect(told).toContainText(FERN.username);
  await expect(told).toContainText("DMs of that time did not reach Concierge and get no reply. Look in Instagram.");
  await told.getByRole("link", { name: /^See the account/ }).click();
  await expect(account.title(FERN.username)).toBeVisible();
  await health.open();
  await expect(health.account(FERN.username)).toContainText("it had been lost");

  await sandbox.dm(FERN, word, `Hello ${word}`);
  await sandbox.received(FERN, word, thanks);
  expect(await sandbox.timesSent(FERN, "der.fahrradbote", thanks), "what Meta did not deliver is not answered").toBe(0);
});

test("as a plain form @nojs", async ({ account, fern }) => {
  await account.open(fern);
  await account.checkNow.click();
  await expect(account.notice).toHaveText(FOUND);
  await expect(account.connection).toContainText("it had been lost");
});

// The same without JavaScript: every step is a link or a plain form.
import { FERN, KETTLE } from "../../fixtures/demo.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "connect-nojs" });

test("connect, choose, test and disconnect with plain forms", async ({ page, accounts, connect, account, health, sandbox, api, fern }) => {
  await accounts.open();
  await accounts.connect.click();
  await connect.facebook.click();
  await connect.dialog.everything();
  await connect.isBack();
  await connect.submit.click();
  await expect(connect.chooser).toContainText("Choose at least one account.");
  await connect.choice(FERN.username).check();
  await connect.choice(KETTLE.username).check();
  await connect.submit.click();
  await expect(connect.main).toContainText("2 accounts are connected.");

  await connect.connected(FERN.username).getByRole("link", { name: "Open and test" }).click();
  await account.startTest.click();
  await expect(account.liveTest).toContainText(`Send a DM to @${FERN.username} now`);
  await sandbox.dm(FERN, "yuki.maps", "Hello?");
  await expect(async () => {
    await page.reload();
    await expect(account.liveTest).toContainText("Everything works.", { timeout: 500 });
  }).toPass({ timeout: 20_000 });

  await health.health.click();
  await health.checkAll.click();
  await expect(health.notice).toHaveText("All accounts are being checked.");

  await account.open(fern);
  await account.disconnect.click();
  await account.question.getByRole("radio", { name: /^Keep/ }).check();
  await account.question.getByRole("button", { name: "Disconnect" }).click();
  await expect(accounts.notice).toHaveText("The account is disconnected. Its rules and replies are kept.");
  await expect(accounts.card(FERN.username)).toContainText("Disconnected");
  expect(await api.accounts()).toContain(FERN.username);
});

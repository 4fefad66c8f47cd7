// Disconnecting asks once, and what becomes of rules, replies and log is a choice.
import { FERN } from "../../fixtures/demo.ts";
import { expectAccessible, gotoReady } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "disconnect" });

test("disconnected, kept, and brought back by connecting again; then deleted", async (
  { page, account, accounts, connect, api },
) => {
  const id = await api.presentId(FERN);
  const order = await api.order(id);
  await account.open(id);
  await account.disconnect.click();
  await expect(account.question).toContainText(`Disconnect ${FERN.username}?`);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(account.question).toBeHidden();
  await expect(account.disconnect).toBeFocused();

  await account.disconnect.click();
  await expect(account.question.getByRole("radio", { name: /^Keep/ })).toBeChecked();
  await account.question.getByRole("button", { name: "Disconnect" }).click();
  await expect(accounts.card(FERN.username)).toContainText("Disconnected");
  await expectAccessible(page);

  await accounts.card(FERN.username).getByRole("link", { name: "Reconnect" }).click();
  await connect.facebook.click();
  await connect.dialog.everything();
  await connect.isBack();
  await expect(connect.choice(FERN.username)).toBeChecked();
  await connect.submit.click();
  await expect(connect.connected(FERN.username)).toContainText("Rules, default reply, switches and history are as they were.");
  expect(await api.order(id)).toEqual(order);

  await account.open(id);
  await account.disconnect.click();
  await account.question.getByRole("radio", { name: /^Delete/ }).check();
  await account.question.getByRole("button", { name: "Disconnect" }).click();
  await expect(accounts.main.getByRole("heading", { level: 1 })).toHaveText("Instagram accounts");
  await expect(accounts.card(FERN.username)).toHaveCount(0);
  await gotoReady(page, `/admin/instagram/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
  // The next project finds it connected.
  await connect.signIn();
  await connect.choice(FERN.username).check();
  await connect.submit.click();
  await expect(connect.connected(FERN.username)).toBeVisible();
});

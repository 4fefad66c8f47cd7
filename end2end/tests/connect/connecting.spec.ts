// Connecting through Facebook: one account, several, and each way in which nothing comes of it.
import { AdminApi } from "../../fixtures/admin-api.ts";
import { FERN, HARBOUR, KETTLE } from "../../fixtures/demo.ts";
import { expectAccessible, expectNoSidewaysScroll, gotoReady, picture, ready } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";
import { Accounts } from "../../pages/accounts.ts";
import { Connect } from "../../pages/connect.ts";

test.use({ ownDemo: "connecting" });

// Pages that were left out at Facebook have lost their tokens.
test.afterEach(({ sandbox }) => sandbox.life("revive"));

test("one Page: connected at once, tested live, answering", async ({ page, accounts, connect, account, chat, api, word }) => {
  await api.post("accounts/disconnect", { account: await api.presentId(FERN), data: "delete" });
  await accounts.open();
  await accounts.connect.click();
  await expect(connect.title).toHaveText("Connect an account");
  await expect(connect.warning).toBeVisible();
  await expect(connect.main).toContainText(`Connected already: ${KETTLE.username}.`);
  await expectAccessible(page);

  await connect.facebook.click();
  await connect.dialog.tick(FERN.page, HARBOUR.page);
  await connect.dialog.approve();
  await connect.isBack();
  await expect(connect.title).toHaveText("Connected");
  const fresh = connect.connected(FERN.username);
  await expect(fresh).toContainText("Auto-reply is off until you switch it on.");
  const autoReply = fresh.getByRole("switch", { name: "Auto-Reply Enabled" });
  await expect(autoReply).not.toBeChecked();
  await autoReply.click();
  await expect(autoReply).toBeChecked();
  await expectAccessible(page);

  await fresh.getByRole("link", { name: "Open and test" }).click();
  await expect(account.title(FERN.username)).toBeVisible();
  await api.setDefaultReply(await api.presentId(FERN), `Thanks ${word}`);
  await account.startTest.click();
  await expect(account.liveTest).toContainText(`Send a DM to @${FERN.username} now`);
  await chat.open(FERN, "yuki.maps");
  await chat.write(`Hello ${word}`);
  await expect(chat.log.getByText(`Thanks ${word}`, { exact: true })).toBeVisible();
  await page.bringToFront();
  await expect(account.liveTest, "turns green by itself").toContainText("Done: The reply goes out");
  await expect(account.liveTest).toContainText("Everything works.");
  await expectAccessible(page);
});

test("several Pages: chosen by name, the impossible ones with their reason", async ({ page, connect }) => {
  await connect.signIn();
  await expect(connect.main).toContainText("Facebook knows 3 Pages you manage.");
  await expect(connect.impossible).toContainText(HARBOUR.name);
  await expect(connect.impossible).toContainText("No Instagram account is linked to this Page");
  await expectAccessible(page);

  for (const { username } of [KETTLE, FERN]) await connect.choice(username).uncheck();
  await connect.submit.click();
  await expect(connect.chooser).toContainText("Choose at least one account.");
  const first = connect.chooser.getByRole("checkbox").first();
  await expect(first, "the focus goes to what is missing").toBeFocused();
  await expect(first).toHaveAttribute("aria-invalid", "true");
  await expect(first).toHaveAccessibleDescription(/Choose at least one account\./);
  await connect.choice(KETTLE.username).check();
  await expect(first).not.toHaveAttribute("aria-invalid");
  await expect(connect.submit).toHaveText(`Connect ${KETTLE.username}`);
  await connect.choice(FERN.username).check();
  await connect.submit.click();
  await expect(connect.main).toContainText("2 accounts are connected.");
  await expect(connect.connected(KETTLE.username)).toContainText("Connected again.");
  await expect(connect.connected(FERN.username)).toContainText("Connected again.");
  await page.reload();
  await ready(page);
  await expect(connect.main, "a reload shows the same").toContainText("2 accounts are connected.");
});

test("denied at Facebook", async ({ page, connect, api }) => {
  const before = await api.accounts();
  await connect.signIn(() => connect.dialog.deny());
  await expect(connect.problem).toHaveText("Facebook did not give permission, so nothing was connected");
  await expect(connect.facebook).toBeVisible();
  await expectAccessible(page);
  expect(await api.accounts()).toEqual(before);
});

test("no linked account: how to link one, and look again without a second sign-in", async ({ page, connect }) => {
  await connect.signIn(async () => {
    await connect.dialog.tick(HARBOUR.page);
    await connect.dialog.approve();
  });
  await expect(connect.problem).toHaveText("None of your Pages can be connected");
  await expect(connect.impossible).toContainText(HARBOUR.name);
  await expectAccessible(page);
  await connect.lookAgain.click();
  await expect(connect.lookAgain).toHaveText("Look again");
  await expect(connect.problem).toHaveText("None of your Pages can be connected");
});

test("a missing permission is named, and asked for again", async ({ page, connect }) => {
  await connect.signIn(async () => {
    await connect.dialog.leaveOut("instagram_manage_messages");
    await connect.dialog.approve();
  });
  await expect(connect.problem).toHaveText("One permission is missing: “Manage Instagram messages”");
  await expect(connect.permissions.getByRole("listitem").filter({ hasText: "Missing:" })).toHaveCount(1);
  await expect(connect.permissions).toContainText("Missing: Manage Instagram messages");
  await expectAccessible(page);
  await connect.askAgain.click();
  await connect.dialog.everything();
  await connect.isBack();
  await expect(connect.choice(FERN.username)).toBeVisible();
});

test("connected by another workspace: they are told, and nothing changes for the first", async ({ browser, demo, api, viewport }, { project }) => {
  const before = await api.accounts();
  const email = `rival-${project.name}@example.com`;
  demo.addOwner(email, `rival-${project.name}`);
  const rival = await AdminApi.signIn(demo, email);
  const context = await browser.newContext({ baseURL: demo.admin, storageState: rival.session });
  const connect = new Connect(await context.newPage());
  const accounts = new Accounts(connect.page);
  await accounts.open();
  await expect(accounts.main).toContainText("Connect your first Instagram account");
  await expectAccessible(connect.page);
  await picture(connect.page, `accounts--empty-${viewport?.width}-light`);
  await accounts.connect.filter({ visible: true }).click();
  await connect.facebook.click();
  await connect.dialog.everything();
  await connect.isBack();
  await expect(connect.problem).toHaveText("This account is connected to another workspace");
  await expect(connect.impossible).toContainText("Ask the people there to disconnect it first.");
  await expectAccessible(connect.page);
  await expectNoSidewaysScroll(connect.page);
  await picture(connect.page, `connect--elsewhere-${viewport?.width}-light`);
  expect(await rival.accounts()).toEqual([]);
  expect(await api.accounts()).toEqual(before);
  await context.close();
  await rival.dispose();
});

test("an answer that was used, or that belongs to another browser, connects nothing", async ({ page, connect, api }) => {
  const before = await api.accounts();
  const answers: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/instagram/callback")) answers.push(request.url());
  });
  await connect.signIn(() => connect.dialog.deny());
  await gotoReady(page, answers[0]!);
  await expect(connect.problem).toHaveText("This sign-in was used already");
  await gotoReady(page, "/instagram/callback?state=not-ours&code=x");
  await expect(connect.problem).toHaveText("This sign-in was not started in this browser");
  await gotoReady(page, "/instagram/callback");
  await expect(connect.problem).toHaveText("Facebook’s answer was incomplete");
  await expectAccessible(page);
  expect(await api.accounts()).toEqual(before);
});

// A connection that broke is mended by a new sign-in: rules, replies and what waited stay.
import { FERN, HARBOUR, KETTLE } from "../../fixtures/demo.ts";
import { expectAccessible } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "reconnect" });

test("the password changed: everybody is told once, rules stay, what waited goes out", async (
  { page, overview, account, accounts, health, connect, sandbox, api, fern, kettle, word },
) => {
  test.slow();
  const thanks = `Still here ${word}`;
  await api.setDefaultReply(fern, thanks);
  const order = await api.order(fern);
  await sandbox.life("change_password");
  await sandbox.dm(FERN, "oliva.verde", `Zwei ${word}`);
  await expect.poll(async () => (await api.account(fern)).recent[0]?.pill.label).toBe("Waiting");
  await sandbox.dm(FERN, "oliva.verde", `Drei ${word}`);
  await api.post("accounts/check", { account: kettle });

  await overview.open();
  const needs = overview.needsYou.getByRole("listitem");
  await expect(needs.filter({ hasText: "fernandfjord" }), "one notice for all messages").toHaveCount(1);
  await expect(needs.filter({ hasText: "fernandfjord" })).toContainText("The Facebook password was changed");
  await overview.health.click();
  await expect(health.main).toContainText(/accounts need you/);
  await expect(health.account(FERN.username)).toContainText("Needs reconnecting");
  await expectAccessible(page);
  await accounts.open();
  await expect(accounts.card(FERN.username).getByRole("link", { name: "Reconnect" })).toBeVisible();
  await account.open(fern);
  await account.main.getByRole("link", { name: `Reconnect ${FERN.username}` }).click();

  await expect(connect.title).toHaveText("Connect an account");
  await connect.facebook.click();
  await connect.dialog.everything();
  await connect.isBack();
  for (const { username } of [FERN, KETTLE]) await expect(connect.choice(username), "what is broken is ticked").toBeChecked();
  await connect.submit.click();
  await expect(connect.connected(FERN.username)).toContainText("Rules, default reply, switches and history are as they were.");
  await expect(connect.connected(FERN.username).getByRole("switch")).toBeChecked();
  // The sweeper finds them; it looks every 15 s.
  const sent = () => sandbox.timesSent(FERN, "oliva.verde", thanks);
  await expect.poll(sent, { message: "both go out", timeout: 20_000 }).toBe(2);
  expect(await api.order(fern)).toEqual(order);
  await health.open();
  await expect(health.main).toContainText("1 of 2 is proven to work; copperkettle.coffee waits for its first DM.");
});

test("moved to another Page: recognised, everything moves along", async ({ connect, sandbox, api, fern }) => {
  const order = await api.order(fern);
  await sandbox.life("move_account", { account: FERN.username, to: HARBOUR.page });
  await connect.signIn();
  await expect(connect.choice(FERN.username)).toBeChecked();
  await connect.submit.click();
  await expect(connect.connected(FERN.username)).toContainText("It moved to another Page.");
  expect(await api.presentId(FERN)).toBe(fern);
  expect(await api.order(fern)).toEqual(order);
  await sandbox.life("move_account", { account: FERN.username, to: FERN.page });
});

// The connection ends while DMs come in: the pages say so, the reply waits, and goes out after the repair.
import { FERN } from "../../fixtures/demo.ts";
import { said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.afterEach(async ({ api, sandbox, fern }) => {
  await sandbox.repair();
  await api.post("accounts/check", { account: fern });
});

test("token expired: waiting, repaired, sent", async ({ page, account, accounts, overview, messages, chat, api, fern, word }) => {
  const thanks = `Back again ${word}`;
  await api.setDefaultReply(fern, thanks);
  await chat.open(FERN, "der.fahrradbote");
  await chat.trick("Token expired").click();
  await expect(chat.trick("Token expired")).toBeChecked();
  await chat.write(`Are you there? ${word}`);
  await expect(chat.log).toContainText("Waiting: the account needs reconnecting");

  await page.bringToFront();
  await account.open(fern);
  await expect(account.main).toContainText("Needs reconnecting.");
  await expect(account.main).toContainText("Nothing can be sent.");
  await expect(account.main).toContainText(/1 reply waits; it goes out if you reconnect before/);
  await expect(account.recent.getByRole("listitem").first()).toContainText("Waiting");
  await expect(account.connection).toContainText("Broken: Can send");

  await accounts.open();
  await expect(accounts.main.getByRole("heading", { level: 2 }).first(), "broken ones first").toHaveText(FERN.username);
  await expect(accounts.card(FERN.username)).toContainText("Needs reconnecting");
  await overview.open();
  await expect(overview.needsYou.getByRole("listitem").filter({ hasText: "fernandfjord" })).toBeVisible();
  await expect(overview.place("Instagram")).toHaveAccessibleName(/1 need attention/);
  await messages.open("?outcome=waiting");
  await expect(messages.row("The account needs reconnecting")).toHaveCount(1);
  await expect(messages.row("The account needs reconnecting")).toContainText("Waiting");

  // Checking while it is broken changes nothing and says so.
  await account.open(fern);
  await account.checkNow.click();
  await expect(account.connection.getByRole("button", { name: "Check now" })).toBeEnabled();
  await expect(account.main).toContainText("Nothing can be sent.");

  await chat.trick("Token expired").click();
  await expect(chat.trick("Token expired")).not.toBeChecked();
  await account.checkNow.click();
  await expect(said(page)).toHaveText("The connection was checked.");
  await expect(account.main).not.toContainText("Nothing can be sent.");
  await expect(account.connection).toContainText("Done: Can send");
  await expect(chat.log.getByText(thanks, { exact: true })).toBeVisible();
  await expect(account.recent.getByRole("listitem").first()).toContainText("Default reply");
});

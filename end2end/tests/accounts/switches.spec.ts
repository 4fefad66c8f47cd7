// The two switches: off means silence, and the log says why in words.
import { FERN } from "../../fixtures/demo.ts";
import { ready, said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.afterEach(({ api, fern }) => api.switchOn(fern));

test("auto-reply off: logged, not answered, no credit; on again: answered", async ({ page, account, messages, chat, sandbox, api, fern, word }) => {
  const thanks = `Thanks ${word}`;
  await api.setDefaultReply(fern, thanks);
  const left = await api.credits();
  await account.open(fern);
  await expect(account.autoReply).toBeChecked();
  await account.autoReply.click();
  await expect(account.autoReply).not.toBeChecked();
  await expect(said(page)).toHaveText("Auto-reply of fernandfjord is off.");
  await expect(account.main).toContainText("Auto-reply off.");

  await chat.open(FERN, "two.dogs.one.tent");
  await chat.write(`Is anybody there? ${word}`);
  await expect(chat.log).toContainText("Not answered: auto-reply is switched off");
  await page.bringToFront();
  await expect(account.recent.getByRole("listitem").first()).toContainText("Auto-reply is switched off");
  await account.go("Messages");
  const row = messages.rows.first();
  await expect(row).toContainText("Not answered");
  await expect(row).toContainText("Auto-reply is switched off");
  await row.getByRole("link", { name: "Switch on" }).click();

  await account.autoReply.click();
  await expect(account.autoReply).toBeChecked();
  await expect(account.main).toContainText(/(Ready|On)\./);
  await page.reload();
  await ready(page);
  await expect(account.autoReply).toBeChecked();
  await chat.write(`And now? ${word}`);
  await expect(chat.log.getByText(thanks, { exact: true })).toBeVisible();
  expect(await api.credits()).toBe(left - 1);
  expect(await sandbox.timesSent(FERN, "two.dogs.one.tent", thanks)).toBe(1);
});

test("the account switched off on its card is parked, and says so everywhere", async ({ page, accounts, overview, chat, word }) => {
  await accounts.open();
  const card = accounts.card(FERN.username);
  const enabled = card.getByRole("switch", { name: "Enabled" });
  await enabled.click();
  // Switching a whole account off asks once.
  const dialog = page.getByRole("dialog");
  if (await dialog.isVisible()) await dialog.getByRole("button", { name: /off/i }).click();
  await expect(enabled).not.toBeChecked();
  await expect(said(page)).toHaveText("fernandfjord is off.");
  await expect(card).toContainText("Switched off");
  await chat.open(FERN, "two.dogs.one.tent");
  await chat.write(`Hello? ${word}`);
  await expect(chat.log).toContainText("Not answered: the account is switched off");
  await page.bringToFront();
  await overview.open();
  await expect(overview.accounts.getByRole("listitem").filter({ hasText: "fernandfjord" })).toContainText("Switched off");
});

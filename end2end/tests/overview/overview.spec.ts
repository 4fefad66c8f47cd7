// The first page: one sentence, what is missing, what happened; it keeps itself up to date.
import { FERN, KETTLE } from "../../fixtures/demo.ts";
import { expect, test } from "../../fixtures/test.ts";

test.describe("a demo nobody has used yet", () => {
  test.use({ ownDemo: "overview" });

  test("the checklist turns green by itself with the first answered DM", async ({ overview, sandbox, api, kettle, word }) => {
    await api.setDefaultReply(kettle, `Hello ${word}`);
    await overview.open();
    await expect(overview.main).toContainText("Ready. 100 credits. 2 wait for their first DM.");
    const list = overview.checklist(/^Set up/);
    await expect(list.getByRole("link", { name: /^Open the chat/ })).toHaveAttribute("href", /\/\?to=/);
    await expect(list.getByText("Waiting: Can receive")).toBeAttached();
    await sandbox.dm(KETTLE, word, "Good morning");
    await sandbox.received(KETTLE, word, `Hello ${word}`);
    const ready = overview.checklist(/copperkettle\.coffee is ready to answer$/);
    await expect(ready.getByText("Done: Can receive")).toBeAttached();
    await expect(ready.getByText("Done: Can send")).toBeAttached();
    await expect(overview.main).toContainText("On.");
    await expect(overview.main).toContainText("Last DM");
  });
});

test("status, accounts and the chart with its table", async ({ overview, sandbox, api, fern, kettle, word }) => {
  for (const [account, id] of [[FERN, fern], [KETTLE, kettle]] as const) {
    await api.setDefaultReply(id, `Hello ${word}`);
    await sandbox.dm(account, word, "Good morning");
    await sandbox.received(account, word, `Hello ${word}`);
  }
  const left = await api.credits();
  await overview.open();
  await expect(overview.main).toContainText(new RegExp(`On\\. ${left} credits\\. Both accounts are answering\\.`));
  await expect(overview.accounts.getByRole("link", { name: "fernandfjord" })).toBeVisible();
  await expect(overview.replies.getByRole("img", { name: /^Replies per day for the last \d+ days: \d+ in all/ })).toBeVisible();
  await overview.replies.getByText("Show as a table").click();
  // The demo's workspace counts its days in UTC.
  const [weekday, day, month] = new Date().toUTCString().replace(",", "").split(" ");
  const today = overview.replies.getByRole("row").filter({ hasText: `${weekday} ${Number(day)} ${month}` });
  await expect(today.getByRole("cell").nth(1)).toHaveText(/^[1-9]\d*$/);
});

// Every change of the balance is in the ledger, with its reply.
import { FERN } from "../../fixtures/demo.ts";
import { expect, test } from "../../fixtures/test.ts";

test("a reply costs one credit; one that fails gives it back", async ({ credits, sandbox, api, fern, word }) => {
  await api.setDefaultReply(fern, `Hello ${word}`);
  const left = await api.credits();
  await credits.open();
  await sandbox.dm(FERN, word, "Good morning");
  await sandbox.received(FERN, word, `Hello ${word}`);
  await expect(credits.balance).toContainText(`${left - 1}`);
  await expect(credits.rows.first()).toContainText(`${FERN.username}, default reply`);
  await expect(credits.rows.first()).toContainText("−1");

  await sandbox.fault(FERN, "recipient_unavailable", { count: 1 });
  await sandbox.dm(FERN, `${word}gone`, "I have blocked you");
  await expect(credits.rows.first()).toContainText("Given back: this person cannot receive messages from you now");
  await expect(credits.rows.first()).toContainText("+1");
  await expect(credits.balance).toContainText(`${left - 1}`);

  await credits.show("Given back").click();
  await expect(credits.page).toHaveURL(/show=given_back/);
  await expect(credits.show("Given back")).toHaveAttribute("aria-current", "true");
  await expect(credits.ledger.getByText("Given back: this person").first()).toBeVisible();
  await expect(credits.ledger.getByText("default reply")).toHaveCount(0);
});

test("the balance is told, a curve of it from the second day on, and the ledger is narrowed to days", async ({ page, credits, api }) => {
  await credits.open();
  const left = await api.credits();
  await expect(credits.balance).toContainText(`${left}`);
  // A demo is of today.
  await expect(credits.balance).toContainText("From tomorrow on, a curve shows the balance");
  const days = credits.ledger.getByRole("navigation", { name: "Days" });
  await days.getByRole("link", { name: "Last month" }).click();
  await expect(credits.ledger).toContainText("Nothing here yet.");
  await credits.show("Added").click();
  await expect(page).toHaveURL(/show=added&from=/);
  await days.getByRole("link", { name: "Today", exact: true }).click();
  await expect(credits.rows.first()).toContainText("Added");
});

// The last credit is used: every page says what that means, and a DM is logged with the reason.
import { FERN, DEMO } from "../../fixtures/demo.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "zero" });

test("at zero, replies stop and the pages say so", async ({ overview, credits, messages, account, sandbox, api, fern, word }) => {
  test.slow();
  for (let number = 0; number < DEMO.credits; number++) await sandbox.dm(FERN, `${word}${number}`, "Hello");
  await expect.poll(() => api.credits(), { timeout: 30_000 }).toBe(0);
  await sandbox.dm(FERN, `${word}late`, "Too late");
  const logged = async () => JSON.stringify((await api.post<{ recent: unknown[] }>("accounts/load", { account: fern })).recent);
  await expect.poll(logged, "it is in the log before the page is opened").toMatch(/no credits/i);

  await messages.open("?outcome=skipped");
  const row = messages.row("No credits");
  await expect(row).toHaveCount(1);
  await row.getByRole("link", { name: "See credits" }).click();
  await expect(credits.main.getByRole("alert")).toContainText("No credits: customers get no reply");
  await expect(credits.main.getByRole("alert")).toContainText("1 DM was not answered");
  await credits.main.getByRole("alert").getByRole("link", { name: "See them" }).click();
  await expect(messages.rows, "only those that were missed for this reason").toHaveCount(1);
  await messages.takeOff("Not answered: no credits").click();
  await credits.open();
  await expect(credits.balance).toContainText("0");
  await overview.open();
  await expect(overview.main).toContainText("Your reply credits are used up");
  await overview.showsCredits(0);
  await account.open(fern);
  await expect(account.main).toContainText("Off: no credits.");
  // 100 used rows do not fit on one page.
  await credits.open("?show=used");
  await expect(credits.rows).toHaveCount(50);
  await credits.older.click();
  await expect(credits.older).toHaveCount(0);
  await expect(credits.rows).toHaveCount(50);
  await credits.newer.click();
  await expect(credits.newer).toHaveCount(0);
  await credits.show("Added").click();
  await expect(credits.rows).toHaveCount(1);
  await expect(credits.rows).toContainText("+100");
});

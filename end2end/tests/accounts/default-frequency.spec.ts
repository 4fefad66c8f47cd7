// How often one customer gets the default reply: every time, or at most once a day.
import { FERN } from "../../fixtures/demo.ts";
import { expectAccessible, expectNoSidewaysScroll, ready, said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

const saved = "Thanks for your message!";
test.beforeEach(async ({ api, fern }) => {
  await api.setRules(fern, []);
  await api.setDefaultReply(fern, saved);
  await api.switchOn(fern);
  await api.resumeAll(fern);
  await api.post("accounts/default-reply-frequency", { account: fern, frequency: "every_time" });
});

test.afterEach(({ api, fern }) => api.post("accounts/default-reply-frequency", { account: fern, frequency: "every_time" }));

test("once a day: who writes again is not answered again, and the log says why", async ({ page, account, sandbox, fern, word }) => {
  const { defaultReply } = account;
  await account.open(fern);
  await expect(defaultReply.frequency).toHaveValue("every_time");
  await defaultReply.frequency.selectOption("At most once a day");
  await defaultReply.saveFrequency.click();
  await expect(said(page)).toHaveText("Saved.");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.reload();
  await ready(page);
  await expect(defaultReply.frequency).toHaveValue("once_a_day");

  await sandbox.dm(FERN, word, `zzz ${word}`);
  await sandbox.received(FERN, word, saved);
  await sandbox.dm(FERN, word, `zzz again ${word}`);
  await expect(account.recent.getByRole("listitem").first()).toContainText("customer got the default reply within 24 hours");

  await sandbox.dm(FERN, `${word}2`, "zzz");
  await sandbox.received(FERN, `${word}2`, saved);
});

test("a tried message says that the default reply goes to one customer once a day", async ({ rules, api, fern }) => {
  await api.setRules(fern, [{ label: "Prices", keywords: ["price"], canned: "From 9 euros." }]);
  await api.post("accounts/default-reply-frequency", { account: fern, frequency: "once_a_day" });
  const { simulator } = rules;
  await rules.open(fern);
  await simulator.show();
  await simulator.text.fill("zzz");
  await expect(simulator.verdict).toContainText("The default reply answers");
  await expect(simulator.verdict).toContainText("At most once a day to one customer.");
  await simulator.text.fill("the price?");
  await expect(simulator.verdict).toContainText("Rule 1, Prices, replies");
  await expect(simulator.verdict).not.toContainText("At most once a day");
});

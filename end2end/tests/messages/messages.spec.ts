// The log: what happened to each DM, never what was written.
import { readFile } from "node:fs/promises";
import { FERN, KETTLE } from "../../fixtures/demo.ts";
import { expect, test } from "../../fixtures/test.ts";

const canary = "platypus-canary-7391";
const isDay = (text: string | null) => /^\d{4}-\d\d-\d\d$/.test(text ?? "");

test.describe("on a demo of its own", () => {
  test.use({ ownDemo: "messages" });

  test("filters, pages and the file", async ({ page, messages, sandbox, api, fern, isMobile }) => {
    await messages.open();
    await expect(messages.main).toContainText("No DM has arrived yet");

    await api.setDefaultReply(fern, "Hello from the log");
    await sandbox.dm(FERN, "answered", `Hi ${canary}`);
    await sandbox.received(FERN, "answered", "Hello from the log");
    await sandbox.photo(FERN, "photographer");
    await sandbox.received(FERN, "photographer", "Hello from the log");
    await api.autoReply(fern, false);
    for (let number = 0; number < 60; number++) await sandbox.dm(FERN, `quiet${number}`, canary);
    await sandbox.dm(KETTLE, "elsewhere", `How much? ${canary}`);
    await expect(messages.main).toContainText("63 messages");

    await messages.choose("Outcome", "Not answered");
    await expect.soft(messages.found).toHaveText("60 of 63");
    await messages.counts(60);
    await expect(page).toHaveURL(/outcome=skipped/);
    await expect(messages.rows).toHaveCount(50);
    await expect(messages.row("Auto-reply is switched off")).toHaveCount(50);
    await expect(messages.newer).toHaveCount(0);
    await messages.older.click();
    await expect(messages.rows).toHaveCount(10);
    await expect(messages.older).toHaveCount(0);
    await page.goBack();
    await expect(messages.rows).toHaveCount(50);
    await page.goForward();
    await expect(messages.rows).toHaveCount(10);
    await messages.newer.click();
    await expect(messages.rows).toHaveCount(50);

    await messages.choose("Reason", "Not answered: auto-reply is switched off");
    await messages.counts(60);
    await messages.takeOff("Not answered: auto-reply is switched off").click();
    await expect(page).not.toHaveURL(/reason=/);
    await messages.choose("Account", KETTLE.username);
    await expect(messages.main).toContainText("No message fits these filters");
    await messages.takeOff("Outcome: Not answered").click();
    await messages.counts(1);
    await expect(messages.row("Rule 2, Prices")).toHaveCount(1);
    await messages.choose("Direction", "Sent");
    // A reply of ours is told in the row of the DM it answers; on its own only here.
    await messages.counts(1);
    await expect(messages.row(/Reply to ··\d{4}/)).toHaveCount(1);
    await messages.choose("Direction", "From customers");
    await messages.counts(1);
    await messages.choose("Outcome", "Sent");
    await messages.counts(1);
    await messages.main.getByRole("link", { name: "Clear all" }).click();
    await expect(messages.main).toContainText("63 messages");
    await messages.choose("Account", FERN.username);
    await messages.choose("Outcome", "Sent");
    await expect(messages.row("a photo or file has no words to match")).toHaveCount(1);

    await messages.filters.getByLabel("From").fill("2020-01-01");
    await messages.filters.getByLabel("Until").fill("2020-01-02");
    await messages.filters.getByRole("button", { name: "Show" }).click();
    await expect(messages.main).toContainText("No message fits these filters");
    await messages.main.getByRole("link", { name: "Clear all filters" }).click();
    await expect(messages.main).toContainText("63 messages");

    await messages.choose("Outcome", "Not answered");
    await messages.counts(60);
    const [download] = await Promise.all([page.waitForEvent("download"), messages.csv.click()]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
    expect(lines[0]).toBe("time,account,direction,by,message,outcome,why,credits,took_ms");
    expect(lines).toHaveLength(61);
    expect(lines[1]).toMatch(/"fernandfjord","inbound","customer","Text from ··\d{4}","Not answered","Auto-reply is switched off",0,/);
    expect(lines.join()).not.toContain(canary);
    if (!isMobile) await expect(messages.main).not.toContainText(canary);
  });
});

test("what a person writes in Instagram is in the log as such", async ({ messages, sandbox, chat, word }) => {
  await sandbox.dm(FERN, word, "Hello");
  await chat.open(FERN, word);
  await chat.page.getByRole("button", { name: "A person answers in Instagram" }).click();
  await expect(chat.log).toContainText("By a person, in the Instagram app");
  await messages.page.bringToFront();
  await messages.open("?direction=outbound");
  await expect(messages.row("By a person").first()).toContainText("Sent from the Instagram app");
});

test("days by word are links that keep the other filters @desktop", async ({ page, messages }) => {
  await messages.open("?outcome=sent");
  const days = messages.main.getByRole("navigation", { name: "Days" });
  await expect(days.getByRole("link", { name: "All days" })).toHaveAttribute("aria-current", "true");
  await days.getByRole("link", { name: "Last 7 days" }).click();
  await expect(page).toHaveURL(({ searchParams }) => searchParams.get("outcome") === "sent" && isDay(searchParams.get("from")));
  await expect(messages.main.getByRole("textbox", { name: "Until" })).toHaveValue(/^\d{4}-\d\d-\d\d$/);
  await expect(days.getByRole("link", { name: "Last 7 days" })).toHaveAttribute("aria-current", "true");
});

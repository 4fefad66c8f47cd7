// People type and click before the page is alive: on a slow line WebAssembly takes seconds, and nothing typed meanwhile may be lost.
import { ready } from "../../fixtures/page.ts";
import { Held } from "../../fixtures/slow.ts";
import { expect, test } from "../../fixtures/test.ts";

let prices = "";
test.beforeEach(async ({ api, fern }) => {
  [prices] = (await api.setRules(fern, [{ label: "Prices", keywords: ["price"], canned: "From 9 euros." }])) as [string];
  await api.setDefaultReply(fern, "Thank you.");
});

test("into a rule", async ({ page, rules, api, fern }) => {
  const script = await Held.at(page, "**/*.wasm");
  await page.goto(`/admin/rules/instagram/${fern}?edit=${prices}`);
  const { name, text, keyword, chips, save, form } = rules.editor("Prices");
  await name.fill("What it costs");
  await text.fill("From 10 euros.");
  await keyword.fill("price, cost");
  await script.letGo();
  await ready(page);
  await expect(chips).toHaveText(["price", "cost"]);
  await expect(name).toHaveValue("What it costs");
  await expect(text).toHaveValue("From 10 euros.");
  await expect(form).toContainText("14 of 1,000 bytes");
  await save.click();
  await expect(rules.row("What it costs").item).toContainText("price, cost");
  expect(JSON.stringify((await api.rules(fern)).rules)).toContain("From 10 euros.");
});

test("into “Try a message” @desktop", async ({ page, rules, fern }) => {
  const script = await Held.at(page, "**/*.wasm");
  await page.goto(`/admin/rules/instagram/${fern}`);
  const { simulator } = rules;
  await simulator.text.fill("what is the price?");
  await script.letGo();
  await ready(page);
  await expect(simulator.text).toHaveValue("what is the price?");
  await expect(simulator.verdict).toContainText("Prices");
});

test("into the default reply", async ({ page, account, fern }) => {
  const script = await Held.at(page, "**/*.wasm");
  await page.goto(`/admin/instagram/${fern}?edit=default`);
  const { defaultReply } = account;
  await defaultReply.field.fill("Thanks a lot.");
  await script.letGo();
  await ready(page);
  await expect(defaultReply.region).toContainText("13 of 1,000 bytes");
  await expect(defaultReply.field).toHaveValue("Thanks a lot.");
  await defaultReply.save.click();
  await defaultReply.says("Thanks a lot.");
});

test("into the line before replies and into an import", async ({ page, settings, transfer, fern }) => {
  const script = await Held.at(page, "**/*.wasm");
  await page.goto("/admin/settings");
  await settings.disclosure.fill("A robot writes.");
  await script.letGo();
  await ready(page);
  await expect(settings.disclosure).toHaveValue("A robot writes.");
  await expect(settings.main).toContainText("15 of 300 bytes");

  await page.unroute("**/*.wasm");
  const again = await Held.at(page, "**/*.wasm");
  await page.goto(`/admin/rules/instagram/${fern}/transfer`);
  await transfer.text.fill("hello");
  await again.letGo();
  await ready(page);
  await expect(transfer.text).toHaveValue("hello");
});

test("on a link: it leads where it says, before the code of the page is there", async ({ page, rules, fern }) => {
  const part = await Held.at(page, "**/split_rules*.wasm");
  await page.goto(`/admin/rules/instagram/${fern}`, { waitUntil: "commit" });
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith(".wasm")));
  await rules.row("Prices").title.click();
  await expect(rules.editor("Prices").form).toBeVisible();
  await part.letGo();
  await ready(page);
  await expect(rules.editor("Prices").form).toBeVisible();
});

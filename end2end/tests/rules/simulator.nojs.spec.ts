// Without JavaScript a message is tried by a button, and the answer stands above the rules.
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

test("a message is tried, and the page says who replies and what it costs", async ({ page, rules, api, fern, word }) => {
  await api.setRules(fern, [{ label: "Prices", keywords: ["price"], canned: "From 9 euros." }]);
  await api.setDefaultReply(fern, "Thank you.");
  await rules.open(fern);
  await expect(page.getByText("The arrows move a rule by one place")).toBeVisible();
  await expect(page.getByText("Drag a handle")).toBeHidden();
  const { simulator } = rules;
  await simulator.text.fill(`What is the price, ${word}?`);
  await simulator.tryIt.click();
  await expect(rules.notice).toContainText(`“What is the price, ${word}?”: Rule 1, Prices, replies. Would cost 1 credit. It says: “From 9 euros.”`);
  expect(page.url()).not.toContain(word);
  await expect(simulator.text, "to be tried with a small change").toHaveValue(`What is the price, ${word}?`);
  await simulator.text.fill("Hello!");
  await simulator.tryIt.click();
  await expect(rules.notice).toContainText("“Hello!”: The default reply answers. Would cost 1 credit. It says: “Thank you.”");
  await expect(simulator.text).toHaveValue("Hello!");
});

test("what stops a reply is told with the reply that it stops, and the circumstances stay chosen", async ({ page, rules, api, fern }) => {
  await api.setRules(fern, [{ label: "Prices", keywords: ["price"], canned: "From 9 euros." }]);
  await rules.open(fern);
  const { simulator } = rules;
  await page.getByText("When, and what happened before").click();
  await page.getByLabel("In the conversation").selectOption("A person wrote 10 minutes ago");
  await simulator.text.fill("the price?");
  await simulator.tryIt.click();
  await expect(rules.notice).toContainText("It would say: “From 9 euros.”");
  await page.getByText("When, and what happened before").click();
  await expect(page.getByLabel("In the conversation")).toHaveValue("10");
});

test("an editor names no keys that do nothing", async ({ rules, fern }) => {
  await rules.open(fern, "?edit=new");
  await expect(rules.newRule.save).toBeVisible();
  await expect(rules.newRule.form.getByText("saves")).toBeHidden();
});

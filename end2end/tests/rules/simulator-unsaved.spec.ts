// "Try a message" while rules are written: it counts what is typed where the browser can tell, and says whether it does.
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

const rulesOfTheShop = [
  { label: "Opening hours", keywords: ["open", "hours"], canned: "We are open from 9 to 18." },
  { label: "Prices", keywords: ["price"], canned: "From 9 euros." },
];
const counts = "With the rule you are writing, not saved yet.";
const isLeftOut = "Without the rule you are writing: it is tried once saved.";

test.beforeEach(async ({ api, fern }) => {
  await api.setRules(fern, rulesOfTheShop);
  await api.setDefaultReply(fern, "Thank you, we answer within a day.");
  await api.forgetExamples(fern);
  await api.switchOn(fern);
});

test("a new rule is tried as soon as it is complete, and its row is where the answer leads @desktop", async ({ page, rules, fern }) => {
  const { simulator } = rules;
  await rules.open(fern);
  await simulator.text.fill("can I bring my dog");
  await expect(simulator.verdict).toContainText("The default reply answers");
  const editor = await rules.startNew();
  await expect(simulator.panel.getByText(/rule you are writing/), "nothing is written yet").toHaveCount(0);
  await editor.name.fill("Dogs");
  await editor.keyword.fill("dog");
  await editor.keyword.press("Enter");
  await expect(simulator.panel.getByText(isLeftOut, { exact: true })).toBeVisible();
  await expect(simulator.verdict).toContainText("The default reply answers");
  await editor.text.fill("Dogs are welcome.");
  await expect(simulator.verdict).toContainText("Rule 3, Dogs, replies");
  await expect(simulator.verdict).toContainText("Dogs are welcome.");
  await expect(simulator.panel.getByText(counts, { exact: true })).toBeVisible();
  await simulator.panel.getByRole("link", { name: "3 Dogs" }).click();
  await expect(page).toHaveURL(/#rule-new$/);

  await editor.save.click();
  await rules.showsOrder("Opening hours", "Prices", "Dogs");
  await expect(simulator.verdict).toContainText("Rule 3, Dogs, replies");
  await expect(simulator.panel.getByText(/rule you are writing/)).toHaveCount(0);
});

test("changes are tried in the place of the rule, several at once, until they are put away @desktop", async ({ rules, fern }) => {
  const { simulator } = rules;
  await rules.open(fern);
  await simulator.text.fill("the cost on a sunday?");
  await expect(simulator.verdict).toContainText("The default reply answers");
  await rules.row("Prices").title.click();
  const prices = rules.editor("Prices");
  await prices.keyword.fill("cost,");
  await prices.name.fill("What it costs");
  await expect(simulator.verdict).toContainText("Rule 2, What it costs, replies");
  await expect(rules.row("Prices").item).toContainText("Would reply");
  await rules.row("Opening hours").title.click();
  const hours = rules.editor("Opening hours");
  await hours.keyword.fill("sunday,");
  await expect(simulator.verdict).toContainText("Rule 1, Opening hours, replies");
  await expect(simulator.panel.getByText("With the 2 rules you are writing, not saved yet.", { exact: true })).toBeVisible();
  await hours.intent.check({ force: true });
  await expect(simulator.verdict).toContainText("Rule 2, What it costs, replies");
  await expect(simulator.panel).toContainText("With 1 of the 2 rules you are writing, not saved yet. The rest is tried once saved.");
  await hours.name.press("Escape");
  await expect(simulator.panel.getByText(counts, { exact: true })).toBeVisible();
  await prices.name.press("Escape");
  await expect(simulator.verdict).toContainText("The default reply answers");
  await expect(simulator.panel.getByText(/rules? you are writing/)).toHaveCount(0);
});

test("the panel stays beside the new rule at the end of a long list @desktop", async ({ page, rules, api, fern }) => {
  await api.setRules(fern, Array.from({ length: 12 }, (_, number) => ({ label: `Rule number ${number + 1}`, keywords: [`kw${number + 1}`], canned: "Yes." })));
  await rules.open(fern);
  await rules.startNew();
  await rules.newRule.text.scrollIntoViewIfNeeded();
  await expect(rules.newRule.text).toBeInViewport();
  await expect(rules.simulator.text).toBeInViewport({ ratio: 1 });
  const panel = (await rules.simulator.panel.boundingBox())!;
  expect(panel.y).toBeGreaterThanOrEqual(0);
  expect(panel.y + panel.height).toBeLessThanOrEqual(page.viewportSize()!.height);
});

test("what a change did to the examples is told until the next try", async ({ rules, fern }) => {
  const { simulator } = rules;
  await rules.open(fern);
  await simulator.show();
  await simulator.text.fill("the price?");
  await expect(simulator.verdict).toContainText("Rule 2, Prices, replies");
  await simulator.save.click();
  await expect(simulator.panel.getByText("1 saved example", { exact: true })).toBeVisible();
  await simulator.hide();
  await rules.row("Opening hours").down.click();
  await simulator.show();
  await expect(simulator.effect).toContainText("This change does not alter the only example.");
  await simulator.text.fill("Are you open?");
  await expect(simulator.effect).toHaveCount(0);
});

test("in a window that is hardly higher than a line of buttons, nothing floats above the page @phone", async ({ page, rules, fern }) => {
  await page.setViewportSize({ width: 320, height: 200 });
  await rules.open(fern);
  const button = page.getByRole("button", { name: "Try a message" });
  await expect(button).not.toBeInViewport();
  await button.click();
  await expect(rules.simulator.text).toBeVisible();
});

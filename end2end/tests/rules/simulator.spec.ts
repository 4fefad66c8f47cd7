// "Try a message": who would answer and why, before a customer asks; and what a change does to the messages that were kept.
import { expectAccessible, expectNoSidewaysScroll, ready, said } from "../../fixtures/page.ts";
import { Held } from "../../fixtures/slow.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

const rulesOfTheShop = [
  { label: "Opening hours", keywords: ["open", "hours"], canned: "We are open from 9 to 18." },
  { label: "Prices", keywords: ["price", "how much"], canned: "From 9 euros." },
  { label: "Delivery", keywords: ["delivery"], canned: "Two days." },
];
test.beforeEach(async ({ api, fern }) => {
  await api.setRules(fern, rulesOfTheShop);
  await api.setDefaultReply(fern, "Thank you, we answer within a day.");
  await api.forgetExamples(fern);
  await api.switchOn(fern);
  await api.post("accounts/quiet-hours", { account: fern, quiet_hours: 12 });
});

test("the winner, why each earlier rule lost, the cost, and the winner in the list", async ({ page, rules, api, fern }) => {
  const before = await api.credits();
  const { simulator } = rules;
  await rules.open(fern);
  await simulator.show();
  await simulator.text.fill("Hello, how much is it?");
  await expect(simulator.verdict).toContainText("Rule 2, Prices, replies");
  await expect(simulator.verdict).toContainText("From 9 euros.");
  await expect(simulator.verdict).toContainText("Would cost 1 credit");
  await expect(simulator.trace).toContainText("Nothing stops it");
  await expect(simulator.trace.getByRole("listitem").filter({ hasText: "1 Opening hours" })).toContainText("“open”");
  await expect(simulator.trace).toContainText("3 was not read");
  await expect(said(page)).toHaveText("Rule 2, Prices, replies. Would cost 1 credit.");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await simulator.hide();
  await expect(rules.row("Prices").item).toContainText("Would reply");
  await expect(rules.row("Delivery").item).not.toContainText("Would reply");
  expect(await api.credits(), "trying is free").toBe(before);
});

test("the server answers until the browser has what matches, and then the browser does", async ({ page, rules, fern }) => {
  const { simulator } = rules;
  const part = await Held.at(page, "**/split_matching*.wasm");
  let asked = 0;
  page.on("request", (request) => void (asked += Number(request.url().endsWith("/api/rules/simulate"))));
  await rules.open(fern);
  expect(part.count, "the list needs nothing that matches").toBe(0);
  await simulator.show();
  await simulator.text.fill("Hello, how much is it?");
  await expect(simulator.verdict).toContainText("Rule 2, Prices, replies");
  await expect(rules.row("Prices").item).toContainText("Would reply");
  await expect(said(page)).toHaveText("Rule 2, Prices, replies. Would cost 1 credit.");
  expect(asked, "once, and again when the page hears of a change").toBeGreaterThan(0);
  expect(part.count).toBe(1);

  await part.letGo();
  await expect(async () => {
    const before = asked;
    await simulator.text.fill("A delivery, please");
    await expect(simulator.verdict).toContainText("Rule 3, Delivery, replies");
    await simulator.text.fill("Are you open?");
    await expect(simulator.verdict).toContainText("Rule 1, Opening hours, replies");
    expect(asked).toBe(before);
  }).toPass();
});

test.describe("without a line", () => {
  test.use({ expectedErrors: [/Failed to fetch/] });

  test("nobody answers: that is said, and the next try asks again", async ({ page, rules, fern }) => {
    const { simulator } = rules;
    let away = true;
    for (const url of ["**/split_matching*.wasm", "**/api/rules/simulate"]) {
      await page.route(url, (route) => (away ? route.abort() : route.continue()));
    }
    await rules.open(fern);
    await simulator.show();
    await simulator.text.fill("How much is it?");
    await expect(simulator.panel).toContainText("The server did not answer; change the message to ask again");
    await expect(simulator.text).toHaveValue("How much is it?");
    await rules.row("Prices").title.click();
    await expect(rules.editor("Prices").form).toBeVisible();
    away = false;
    await simulator.text.fill("How much is that?");
    await expect(simulator.verdict).toContainText("Rule 2, Prices, replies");
  });
});

test("what stands in the way is said, with the way out", async ({ rules, api, fern }) => {
  await api.autoReply(fern, false);
  const { simulator } = rules;
  await rules.open(fern);
  await simulator.show();
  await simulator.text.fill("What are your hours?");
  await expect(simulator.verdict).toContainText("Nothing would be sent");
  await expect(simulator.panel.getByText("Not answered: auto-reply is switched off"), "said once").toHaveCount(1);
  await expect(simulator.trace).not.toContainText("Nothing stops it");
  await expect(simulator.verdict).toContainText("No credit is used");
  await simulator.hide();
  await expect(rules.row("Opening hours").item).toContainText("Would match");
});

test("an image, a late message, and a conversation that is with a person", async ({ rules, fern }) => {
  const { simulator } = rules;
  await rules.open(fern);
  await simulator.show();
  await simulator.kind("Image").check({ force: true });
  await expect(simulator.verdict).toContainText("The default reply answers");
  await expect(simulator.text).toBeHidden();

  await simulator.kind("Text").check({ force: true });
  await simulator.text.fill("delivery?");
  await expect(simulator.verdict).toContainText("Rule 3, Delivery, replies");
  await simulator.circumstance("Sent", "25 hours ago");
  await expect(simulator.verdict).toContainText("Not answered: more than 24 hours had passed");
  await simulator.circumstance("Sent", "Just now");
  await simulator.circumstance("In the conversation", "A person wrote 6 hours ago");
  await expect(simulator.verdict).toContainText("Nothing would be sent");
  await simulator.circumstance("In the conversation", "A person wrote yesterday");
  await expect(simulator.verdict).toContainText("Rule 3, Delivery, replies");
});

test("a returning customer does not hear the disclosure line again", async ({ api, rules, fern }) => {
  await api.post("settings/disclosure", { disclosure: "This is an automated assistant." });
  const { simulator } = rules;
  await rules.open(fern);
  await simulator.show();
  await simulator.text.fill("delivery");
  await expect(simulator.verdict).toContainText("This is an automated assistant.");
  await simulator.circumstance("Customer", "Answered 5 minutes ago");
  await expect(simulator.verdict).not.toContainText("This is an automated assistant.");
  await simulator.circumstance("Customer", "Answered 2 weeks ago");
  await expect(simulator.verdict).toContainText("This is an automated assistant.");
  await api.post("settings/disclosure", { disclosure: "" });
});

test("examples are kept, and a move that alters one of two says so with before and after", async ({ page, rules, api, fern }) => {
  const { simulator } = rules;
  await rules.open(fern);
  await simulator.show();
  await simulator.text.fill("How much is delivery?");
  await expect(simulator.verdict).toContainText("Rule 2, Prices, replies");
  await simulator.save.click();
  await expect(simulator.panel.getByText("1 saved example", { exact: true })).toBeVisible();
  await simulator.text.fill("Are you open?");
  await expect(simulator.verdict).toContainText("Rule 1, Opening hours, replies");
  await simulator.save.click();
  const examples = await simulator.examples();
  await expect(examples).toHaveCount(2);
  await expect(examples.first()).toContainText("Rule 2, Prices");
  await simulator.hide();

  await rules.row("Delivery").up.click();
  await rules.showsOrder("Opening hours", "Delivery", "Prices");
  await simulator.show();
  await expect(simulator.effect).toContainText("This change alters 1 of 2 examples.");
  await expect(simulator.effect).toContainText("Rule 2, Prices → Rule 2, Delivery");
  await expect.poll(() => api.order(fern)).toEqual(["Opening hours", "Delivery", "Prices"]);
  await page.reload();
  await ready(page);
  await simulator.show();
  await expect((await simulator.examples()).first()).toContainText("Rule 2, Delivery");
});

test("a copy of a rule stands right below it, switched off", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  await rules.row("Prices").more.click();
  await rules.row("Prices").duplicate.click();
  await expect.poll(() => api.order(fern)).toHaveLength(4);
  const copy = (await api.order(fern))[2]!;
  await rules.showsOrder("Opening hours", "Prices", copy, "Delivery");
  await expect(said(page)).toHaveText(`${copy} is added as rule 3 of 4.`);
  await expect(rules.row(copy).toggle).toHaveAttribute("aria-checked", "false");
  await expect(rules.row(copy).title).toBeFocused();
});

test("of many rules the losing ones are one line, and the winner is a link to its row", async ({ page, rules, api, fern }) => {
  const many = Array.from({ length: 40 }, (_, number) => ({ label: `Rule number ${number + 1}`, keywords: [`kw${number + 1}`], canned: "Yes." }));
  await api.setRules(fern, many);
  const { simulator } = rules;
  await rules.open(fern);
  await simulator.show();
  await simulator.text.fill("kw40");
  await expect(simulator.verdict).toContainText("Rule 40, Rule number 40, replies");
  const folded = simulator.panel.getByText("1–39 do not match");
  await expect(folded).toBeVisible();
  await expect(simulator.panel.getByText("7 Rule number 7")).toBeHidden();
  await folded.click();
  await expect(simulator.panel.getByText("7 Rule number 7")).toBeVisible();
  await simulator.panel.getByRole("link", { name: "40 Rule number 40" }).click();
  await expect(page).toHaveURL(/#rule-/);
  await expect(rules.row("Rule number 40").title).toBeInViewport();
});

test("a kept example is said to be kept, beside the button", async ({ rules, fern }) => {
  const { simulator } = rules;
  await rules.open(fern);
  await simulator.show();
  await simulator.text.fill("What does it cost?");
  await simulator.save.click();
  await expect(simulator.panel.getByText("Saved", { exact: true })).toBeVisible();
  await simulator.text.fill("And when?");
  await expect(simulator.panel.getByText("Saved", { exact: true })).toBeHidden();
});

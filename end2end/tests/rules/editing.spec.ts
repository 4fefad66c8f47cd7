// Adding and changing a rule in place: chips, counters, limits, and no typed word lost.
import { FERN } from "../../fixtures/demo.ts";
import { ready, said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

const price = { label: "Prices", keywords: ["price", "cost"], canned: "From 9 euros." };
test.beforeEach(async ({ api, fern }) => void (await api.setRules(fern, [price])));

test("a new rule answers the next DM", async ({ page, rules, sandbox, fern, word }) => {
  await rules.open(fern);
  const editor = await rules.startNew();
  await editor.fill("Delivery", [word], `We deliver. ${word}`);
  await editor.save.click();
  await rules.showsOrder("Prices", "Delivery");
  await expect(said(page)).toHaveText("Delivery is saved.");
  await expect(rules.row("Delivery").title).toBeFocused();
  await sandbox.dm(FERN, word, `Do you ${word}?`);
  await sandbox.received(FERN, word, `We deliver. ${word}`);
  await expect(rules.row("Delivery").item).toContainText("1 hit / 7 days");
  await page.reload();
  await ready(page);
  await rules.showsOrder("Prices", "Delivery");
});

test("keywords are chips: Enter and comma add, Backspace removes, a list is split", async ({ page, context, rules, fern }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await rules.open(fern);
  const { keyword, chips, form, save } = await rules.startNew();
  await keyword.click();
  await page.keyboard.type("hello");
  await page.keyboard.press("Enter");
  await page.keyboard.type("good morning,");
  await expect(chips).toHaveText(["hello", "good morning"]);
  await expect(said(page)).toHaveText("Added good morning. 2 keywords.");
  await expect(keyword).toHaveValue("");
  await expect(keyword).toBeFocused();

  await page.keyboard.press("Backspace");
  await expect(chips).toHaveText(["hello"]);
  await expect(keyword).toBeFocused();
  await expect.soft(said(page)).toHaveText("Removed good morning. 1 keyword.");

  const paste = async (text: string) => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await keyword.press("ControlOrMeta+V");
  };
  await paste("open, closed; hours");
  await expect(chips.nth(1)).toHaveText("open");
  await paste("sunday\nopening times\nholiday");
  await expect(chips.filter({ hasText: "opening times" })).toHaveText("opening times");
  await expect(chips.filter({ hasText: /^sunday$/ })).toHaveCount(1);
  await expect(chips.filter({ hasText: /^holiday$/ })).toHaveCount(1);

  await page.keyboard.type("HELLO,");
  await expect(keyword).toHaveAccessibleDescription(/'HELLO' is already in this rule\./);
  await form.getByRole("button", { name: "Remove hello" }).click();
  await expect(chips.filter({ hasText: /^hello$/ })).toHaveCount(0);
  await expect(keyword).toBeFocused();

  // What is typed but not yet a chip is saved too.
  await keyword.fill("last one");
  await form.getByRole("textbox", { name: "Name" }).fill("Greetings");
  await form.getByRole("textbox", { name: "Text" }).fill("Hi!");
  await save.click();
  await rules.row("Greetings").title.click();
  await expect(rules.editor("Greetings").chips.filter({ hasText: "last one" })).toHaveCount(1);
});

test("an empty rule says everything that is missing and puts the focus on the first", async ({ rules, fern }) => {
  await rules.open(fern);
  const { save, name, keyword, text, chips } = await rules.startNew();
  await save.click();
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription("Give the rule a name.");
  await expect(keyword).toHaveAccessibleDescription(/Add at least one keyword\./);
  await expect(text).toHaveAccessibleDescription(/Write the reply\./);

  await name.fill("n".repeat(81));
  await text.fill("é".repeat(520));
  await keyword.fill("k".repeat(81));
  await save.click();
  await expect(name).toHaveAccessibleDescription(/is 81 of 80 characters; take out 1\./);
  await expect(keyword).toHaveAccessibleDescription(/is 81 of 80 characters; take out 1\./);
  await expect(text).toHaveAccessibleDescription(/Your reply is 1,040 of 1,000 bytes/);
  await expect(name).toHaveValue("n".repeat(81));
  await expect(chips).toHaveText(["k".repeat(81)]);
  await expect(rules.newRule.form.getByText("1,040 of 1,000 bytes", { exact: true })).toBeVisible();
});

test("a mistake is said when the field is left", async ({ rules, fern }) => {
  await rules.open(fern);
  const { name, keyword } = await rules.startNew();
  await name.fill("n".repeat(81));
  await keyword.focus();
  await expect(name).toHaveAccessibleDescription(/is 81 of 80 characters/);
  await name.fill("Fine");
  await keyword.focus();
  await expect(name).not.toHaveAttribute("aria-invalid", "true");
});

test("too many keywords are said beside the field, and no longer when some are taken out", async ({ rules, fern }) => {
  await rules.open(fern);
  const { name, keyword, form } = await rules.startNew();
  await expect(keyword).toHaveAccessibleDescription(/Enter or comma adds the next one\./);
  await keyword.fill(Array.from({ length: 51 }, (_, number) => `word ${number}`).join(", "));
  await name.focus();
  await expect(keyword).toHaveAccessibleDescription(/This rule has 51 of 50 keywords\. Take out 1, or add a second rule\./);
  await form.getByRole("button", { name: "Remove word 7", exact: true }).click();
  await expect(keyword).not.toHaveAttribute("aria-invalid", "true");
});

test("a name that another rule has is no mistake, and is pointed out", async ({ rules, fern }) => {
  await rules.open(fern);
  const { name } = await rules.startNew();
  await name.fill(" prices");
  await expect(name).toHaveAccessibleDescription("Rule 1 has this name too. The log tells them apart by number only.");
  await expect(name).not.toHaveAttribute("aria-invalid", "true");
  await name.fill("More prices");
  await expect(name).toHaveAccessibleDescription("");
  await rules.row("Prices").title.click();
  await expect(rules.editor("Prices").name, "its own name is no other's").toHaveAccessibleDescription("");
});

test.describe("behind the disclosure line", () => {
  test.afterEach(({ api }) => api.post("settings/disclosure", { disclosure: "" }));

  test("a reply that does not fit says so once, below the text", async ({ rules, api, fern }) => {
    await api.post("settings/disclosure", { disclosure: "A robot writes." });
    await rules.open(fern);
    const editor = await rules.startNew();
    await editor.fill("Families", ["family"], "x".repeat(990));
    const tooLong = editor.form.getByText(/of 1,000 bytes.*refuse it/);
    await expect(tooLong).toHaveText(/^This reply is 1,007 of 1,000 bytes with the line that says it is automated\./);
    await editor.text.fill("👨‍👩‍👧‍👦".repeat(45));
    await editor.name.focus();
    await expect(editor.text).toHaveAccessibleDescription(/Your reply is 1,125 of 1,000 bytes, 125 too many\. .*take out the last 5 characters\./);
    await expect(tooLong).toHaveCount(1);
  });
});

test("Esc restores the saved rule, Ctrl+Enter saves from any field", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  await rules.row("Prices").title.click();
  const editor = rules.editor("Prices");
  await expect(editor.name).toBeFocused();
  await editor.text.fill("Something else.");
  await page.keyboard.press("Escape");
  await expect(editor.form).toHaveCount(0);
  await expect(rules.row("Prices").title).toBeFocused();
  await rules.row("Prices").title.click();
  await expect(editor.text).toHaveValue(price.canned);
  await editor.mode.selectOption("contains");
  await editor.name.fill("What it costs");
  await editor.name.press("Control+Enter");
  await expect(rules.row("What it costs").item).toContainText("contains");
  await expect(rules.row("What it costs").title).toBeFocused();
  await expect.poll(() => api.order(fern)).toEqual(["What it costs"]);
});

test("unsaved text survives a reload", async ({ page, rules, fern, word }) => {
  await rules.open(fern);
  await rules.row("Prices").title.click();
  await rules.editor("Prices").text.fill(`Draft ${word}`);
  await rules.startNew();
  await rules.newRule.fill(`New ${word}`, [word], "Not saved yet.");
  page.once("dialog", (dialog) => dialog.accept());
  await page.reload();
  await ready(page);
  await expect(rules.editor("Prices").text).toHaveValue(`Draft ${word}`);
  await expect(rules.editor("Prices").form).toContainText(/We kept what you were writing today at \d\d:\d\d\./);
  await expect(rules.newRule.name).toHaveValue(`New ${word}`);
  await expect(rules.newRule.chips).toHaveText([word]);
  await rules.newRule.form.getByRole("button", { name: "Discard it" }).click();
  await rules.editor("Prices").form.getByRole("button", { name: "Discard it" }).click();
  await expect(rules.newRule.form).toHaveCount(0);
  await rules.row("Prices").title.click();
  await expect(rules.editor("Prices").text).toHaveValue(price.canned);
});

test("words that an earlier rule catches, or that sit inside others, are pointed out", async ({ rules, fern }) => {
  await rules.open(fern);
  const { fill: _, ...editor } = await rules.startNew();
  await rules.newRule.fill("Sale", ["price", "hi"], "Yes.");
  await expect(editor.form.getByText("Rule 1, Prices, already catches “price”.")).toBeVisible();
  await editor.mode.selectOption("contains");
  await expect(editor.form.getByText(/“hi” has 2 letters and also sits inside other words\./)).toBeVisible();
  await editor.form.getByRole("button", { name: "Match whole words" }).click();
  await expect(editor.mode).toHaveValue("whole_word");
  await editor.save.click();
  await rules.row("Sale").title.click();
  await rules.editor("Sale").form.getByRole("button", { name: "Move above rule 1" }).click();
  await rules.showsOrder("Sale", "Prices");
  await expect(rules.editor("Sale").form, "a move never closes an open editor").toBeVisible();
});

test("two people change one rule: both texts are shown and none is lost", async ({ browser, rules, api, demo, fern }) => {
  await rules.open(fern);
  await rules.row("Prices").title.click();
  const mine = rules.editor("Prices");
  await mine.text.fill("Mine.");

  const colleague = await browser.newContext({ baseURL: demo.admin, storageState: api.session });
  const { Rules } = await import("../../pages/rules.ts");
  const theirs = new Rules(await colleague.newPage());
  await theirs.open(fern);
  await theirs.row("Prices").title.click();
  await theirs.editor("Prices").text.fill("Theirs.");
  await theirs.editor("Prices").save.click();
  await expect(theirs.editor("Prices").form).toHaveCount(0);

  await mine.save.click();
  await expect(mine.alert).toContainText("demo@concierge.example changed this rule at");
  await expect(mine.alert).toContainText("another reply: “Theirs.”");
  await expect(mine.alert, "whoever looks at the button sees it").toBeInViewport();
  await expect(mine.alert, "only what differs is told").not.toContainText("another name");
  await expect(mine.text).toHaveValue("Mine.");
  await mine.alert.getByRole("button", { name: "Save mine instead" }).click();
  await expect(mine.form).toHaveCount(0);

  await theirs.page.reload();
  await ready(theirs.page);
  await theirs.row("Prices").title.click();
  await expect(theirs.editor("Prices").text).toHaveValue("Mine.");
  await colleague.close();
});

test("a row says what the rule replies", async ({ rules, fern }) => {
  await rules.open(fern);
  await expect(rules.row("Prices").item).toContainText(price.canned);
});

test("a link to a rule opens it", async ({ page, rules, api, fern }) => {
  const many = Array.from({ length: 30 }, (_, number) => ({ ...price, label: `Rule number ${number}` }));
  const ids = await api.setRules(fern, many);
  await rules.open(fern, `#rule-${ids[25]}`);
  await expect(rules.row("Rule number 25").title).toBeInViewport();
  await expect(rules.row("Rule number 0").title).not.toBeInViewport();
  await rules.open(fern, `?edit=${ids[28]}#rule-${ids[28]}`);
  await expect(rules.editor("Rule number 28").name).toBeInViewport();
  await expect(page.getByRole("form")).not.toHaveCount(0);
});

test("no rules yet: starters to begin from", async ({ rules, api, fern }) => {
  await api.setRules(fern, []);
  await rules.open(fern);
  await expect(rules.main.getByRole("heading", { name: "No rules yet: everyone gets the default reply" })).toBeVisible();
  await rules.main.getByRole("link", { name: "Use this: Prices" }).click();
  await expect(rules.newRule.name).toHaveValue("Prices");
  await expect(rules.newRule.chips).toHaveText(["price", "prices", "cost", "how much"]);
  await expect(rules.newRule.text).toBeFocused();
  expect(await api.order(fern), "nothing is used before its text was seen").toEqual([]);
  await rules.newRule.text.fill("From 9 euros.");
  await rules.newRule.save.click();
  await rules.showsOrder("Prices");
});

test("an intent says what it listens for, and how closely", async ({ rules, api, fern }) => {
  const long = "wants to book a table for a birthday, a wedding or another party with many guests and asks what is possible";
  const intent = { account: fern, matcher: "prompt", canned: "Gladly." };
  await api.post("rules/add", { ...intent, label: "Booking", description: "wants to book", threshold: 0.8 });
  await api.post("rules/add", { ...intent, label: "Parties", description: long, threshold: 0.72 });
  await rules.open(fern);
  await expect(rules.row("Booking").item).toContainText("Intent: wants to book · ≥ 0.80");
  await expect(rules.row("Parties").item).toContainText("Intent: wants to book a table for a birthday, a wedding or another party with many … · ≥ 0.72");
});

test("an open rule says how often it replied in 30 days, also to a finger", async ({ rules, sandbox, fern, word }) => {
  await sandbox.dm(FERN, word, "What is the price?");
  await sandbox.received(FERN, word, price.canned);
  await rules.open(fern);
  await rules.row("Prices").title.click();
  await expect(rules.row("Prices").item.getByText(/^Open for editing\. 1 in 30 days, the last one .+\.$/)).toBeVisible();
});

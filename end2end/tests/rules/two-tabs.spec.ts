// Two tabs of one browser share the drafts: what either leaves unsaved is found again.
import { Rules } from "../../pages/rules.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });
test.beforeEach(async ({ api, fern }) => void (await api.setRules(fern, [{ label: "Prices", keywords: ["price"], canned: "From 9 euros." }])));

test("a save in one tab does not take the draft of the other", async ({ page, context, rules, fern, word }) => {
  page.on("dialog", (dialog) => dialog.accept());
  await rules.open(fern);
  await rules.row("Prices").title.click();
  const editor = rules.editor("Prices");
  await editor.text.fill(`Mine, ${word}.`);

  const other = new Rules(await context.newPage());
  await other.open(fern);
  const otherEditor = other.editor("Prices");
  await expect(otherEditor.text, "the draft of the first tab").toHaveValue(`Mine, ${word}.`);
  await otherEditor.text.fill(`Theirs, ${word}.`);
  await otherEditor.save.click();
  await expect(otherEditor.form).toHaveCount(0);

  await rules.go("Messages");
  await rules.open(fern);
  await expect(editor.text).toHaveValue(`Mine, ${word}.`);
  await expect(editor.form).toContainText(/We kept what you were writing today at \d\d:\d\d\./);
});

test("of two drafts of one rule the other tab's is open, and mine is offered", async ({ page, context, rules, fern, word }) => {
  page.on("dialog", (dialog) => dialog.accept());
  await rules.open(fern);
  await rules.row("Prices").title.click();
  const editor = rules.editor("Prices");
  await editor.text.fill(`Mine, ${word}.`);
  const other = new Rules(await context.newPage());
  await other.open(fern);
  await other.editor("Prices").text.fill(`Theirs, ${word}.`);

  await rules.go("Messages");
  await rules.open(fern);
  await expect(editor.text).toHaveValue(`Theirs, ${word}.`);
  await editor.form.getByRole("button", { name: "Continue it" }).click();
  await expect(editor.text).toHaveValue(`Mine, ${word}.`);
});

// A rule by intent: examples, ready-made intents, the threshold in words; with and without JavaScript.
import { expectAccessible, said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "intents" });
test.beforeEach(({ api, fern }) => api.setRules(fern, []));

test("starts from a ready-made intent, asks for examples, and shows them in row and history", async ({ page, rules, history, fern }) => {
  await rules.open(fern, "?edit=new");
  const editor = rules.newRule;
  await editor.intent.check({ force: true });
  await expect(editor.examples).toHaveAccessibleDescription(/^Three examples make the difference/);
  const choices = editor.readyMade.getByRole("option");
  expect(await choices.count(), "at least 14, and one's own").toBeGreaterThan(14);
  await editor.readyMade.selectOption({ index: 1 });
  await expect(editor.description).not.toHaveValue("");
  await expect(said(page)).toContainText("Filled in:");
  await editor.description.fill("wants to return something");
  await editor.examples.fill("can I send it back?\nI want my money back\nthe size is wrong");
  await expect(editor.examples).toHaveAccessibleDescription("3 of 8.");
  await editor.readyMade.selectOption({ index: 2 });
  await editor.form.getByRole("button", { name: "Put it back" }).click();
  await expect(editor.description).toHaveValue("wants to return something");
  await editor.name.fill("Returns");
  await editor.threshold.fill("0.55");
  await expect(editor.form).toContainText("Eager: also answers messages that only touch the subject.");
  await editor.text.fill("Send it back within 30 days.");
  await expectAccessible(page);
  await editor.save.click();
  await expect(rules.row("Returns").item).toContainText("Intent: wants to return something · ≥ 0.55 · 3 examples");
  await rules.row("Returns").title.click();
  await expect(rules.editor("Returns").form).toContainText("Messages are compared with this intent.");
  await rules.editor("Returns").cancel.click();
  await rules.history.click();
  await history.main.getByText("What changed").first().click();
  await expect(history.main).toContainText("can I send it back? · I want my money back · the size is wrong");
});

test("nine examples, or one that is too long, are refused beside the field", async ({ rules, fern }) => {
  await rules.open(fern, "?edit=new");
  const editor = rules.newRule;
  await editor.intent.check({ force: true });
  await editor.name.fill("Returns");
  await editor.description.fill("wants to return something");
  await editor.text.fill("Send it back.");
  await editor.examples.fill(Array.from({ length: 9 }, (_, index) => `example ${index}`).join("\n"));
  await editor.save.click();
  await expect(editor.examples).toHaveAttribute("aria-invalid", "true");
  await editor.examples.fill("x".repeat(201));
  await editor.save.click();
  await expect(editor.examples).toBeFocused();
  await expect(editor.examples).toHaveAttribute("aria-invalid", "true");
});

test("with plain forms @nojs", async ({ rules, api, fern, word }) => {
  await rules.open(fern, "?edit=new");
  const editor = rules.newRule;
  await expect(editor.keyword).toBeVisible();
  await expect(editor.examples).toBeHidden();
  await editor.intent.check({ force: true });
  await expect(editor.keyword).toBeHidden();
  await editor.name.fill(`Intent ${word}`);
  await editor.readyMade.selectOption({ index: 1 });
  await editor.text.fill("Yes.");
  await editor.save.click();
  await expect(rules.row(`Intent ${word}`).item).toContainText("Intent:");
  await expect(rules.row(`Intent ${word}`).item).toContainText(/\d examples/);
  expect(await api.order(fern)).toEqual([`Intent ${word}`]);
});

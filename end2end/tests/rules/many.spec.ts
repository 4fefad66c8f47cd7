// As many rules as an account may have: the list is long, and still a list one can work with.
import { said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "many" });

test("200 rules: open, move, find, and no 201st @desktop", async ({ page, rules, api, fern }) => {
  test.slow();
  const labels = Array.from({ length: 200 }, (_, number) => `Rule number ${number + 1}`);
  await api.setRules(fern, labels.map((label, number) => ({ label, keywords: [`word${number}`], canned: label })));
  await rules.open(fern);
  await rules.showsOrder(...labels);
  const last = rules.row("Rule number 200");
  const started = Date.now();
  await last.up.click();
  await expect(said(page)).toContainText("Rule number 200 moved to 199 of 200.");
  expect(Date.now() - started, "milliseconds for one move").toBeLessThan(2_000);
  await expect(last.up).toBeFocused();
  await expect.poll(async () => (await api.order(fern)).indexOf("Rule number 200")).toBe(198);

  await last.title.click();
  await rules.editor("Rule number 200").text.fill("Still quick.");
  await rules.editor("Rule number 200").save.click();
  await expect(rules.editor("Rule number 200").form).toHaveCount(0);

  await rules.startNew();
  await rules.newRule.fill("One too many", ["more"], "No.");
  await rules.newRule.save.click();
  await expect(rules.newRule.alert).toContainText(/200 rules\. Delete one that is no longer needed\./);
  await expect(rules.newRule.name).toHaveValue("One too many");
});

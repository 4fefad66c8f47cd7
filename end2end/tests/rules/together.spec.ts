// Two people in two browsers change the same list at once: no rule is lost, no position is taken twice, no word is lost.
import { expect, test } from "../../fixtures/test.ts";
import { Rules } from "../../pages/rules.ts";

test.use({ ownDemo: "rules" });

const labels = ["Hours", "Prices", "Delivery", "Parking", "Person"];

test("two people move and edit at once @desktop", async ({ page, browser, demo, api, fern }) => {
  const ids = await api.setRules(fern, labels.map((label) => ({ label, keywords: [label.toLowerCase()], canned: `${label}!` })));
  const elsewhere = await browser.newContext({ baseURL: demo.admin, storageState: api.session });
  const [mine, theirs] = [new Rules(page), new Rules(await elsewhere.newPage())];
  await mine.open(fern);
  await theirs.open(fern);

  await mine.row("Prices").title.click();
  await theirs.row("Prices").title.click();
  await mine.editor("Prices").text.fill("My half of the sentence.");
  await theirs.editor("Prices").text.fill("Their half of the sentence.");
  await Promise.all([mine.row("Person").up.click(), theirs.row("Hours").down.click()]);
  await Promise.all([mine.row("Parking").up.click(), theirs.row("Delivery").down.click()]);
  await theirs.editor("Prices").save.click();
  await expect.poll(async () => (await api.rules(fern)).rules.find(({ rule }) => rule.id === ids[1])?.rule.version).toBeGreaterThan(1);
  await expect(mine.editor("Prices").text).toHaveValue("My half of the sentence.");

  // A move that met another one asks; both fit together.
  for (const rules of [mine, theirs]) {
    const keep = rules.page.getByRole("button", { name: "Keep both changes" });
    while (await keep.isVisible()) await keep.click();
  }
  await mine.editor("Prices").save.click();
  await expect(mine.editor("Prices").alert).toContainText("Their half of the sentence.");
  await expect(mine.editor("Prices").text).toHaveValue("My half of the sentence.");
  await mine.editor("Prices").form.getByRole("button", { name: "Save mine instead" }).click();
  await expect(mine.editor("Prices").form).toHaveCount(0);

  const { rules } = await api.rules(fern);
  expect(rules.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
  expect(rules.map(({ rule }) => rule.label).sort()).toEqual([...labels].sort());
  const order = await api.order(fern);
  await mine.showsOrder(...order);
  await theirs.showsOrder(...order);
  await theirs.open(fern);
  await theirs.row("Prices").title.click();
  await expect(theirs.editor("Prices").text).toHaveValue("My half of the sentence.");
  await elsewhere.close();
});

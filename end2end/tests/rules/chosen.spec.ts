// Several rules at once: chosen by box, range and all; switched, moved, deleted and copied as one change each, and undone.
import { gotoReady, expectAccessible, expectNoSidewaysScroll, said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

const five = ["Hours", "Prices", "Person", "Delivery", "Returns"].map((label) => ({ label, keywords: [label.toLowerCase()], canned: `${label}!` }));
test.beforeEach(async ({ api, fern }) => void (await api.setRules(fern, five)));

test("a range is moved by one change, and Undo puts it back", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  await rules.select.click();
  await rules.box("Prices").click();
  await expect(said(page)).toHaveText("1 of 5 rules selected.");
  await rules.box("Delivery").click({ modifiers: ["Shift"] });
  await expect(said(page)).toHaveText("3 of 5 rules selected.");
  await expect(rules.bar).toContainText("3 of 5 selected");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await rules.bar.getByRole("button", { name: "To the top" }).click();
  await rules.showsOrder("Prices", "Person", "Delivery", "Hours", "Returns");
  await expect(said(page)).toContainText("3 rules were moved to places 1 to 3 of 5.");
  expect(await api.order(fern)).toEqual(["Prices", "Person", "Delivery", "Hours", "Returns"]);
  await rules.undo.click();
  await rules.showsOrder("Hours", "Prices", "Person", "Delivery", "Returns");
  await gotoReady(page, `/admin/rules/instagram/${fern}/history`);
  await expect(page.getByText("3 rules were moved to places 1 to 3 of 5: Prices, Person and Delivery.").first()).toBeVisible();
});

test("by keyboard: choose, type a place, press Enter; all off; delete and Undo", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  await rules.select.focus();
  await page.keyboard.press("Space");
  await rules.box("Returns").focus();
  await page.keyboard.press("Space");
  await expect(said(page)).toHaveText("1 of 5 rules selected.");
  await rules.bar.getByLabel("Position").fill("2");
  await page.keyboard.press("Enter");
  await rules.showsOrder("Hours", "Returns", "Prices", "Person", "Delivery");

  await rules.bar.getByRole("button", { name: "Select all" }).press("Enter");
  await expect(said(page)).toHaveText("5 of 5 rules selected.");
  await rules.bar.getByRole("button", { name: "Switch off" }).press("Enter");
  for (const { label } of five) await expect(rules.row(label).toggle).not.toBeChecked();
  await rules.undo.press("Enter");
  for (const { label } of five) await expect(rules.row(label).toggle).toBeChecked();

  await rules.bar.getByRole("button", { name: "Select none" }).press("Enter");
  await rules.box("Person").press("Space");
  await rules.box("Hours").press("Space");
  await rules.bar.getByRole("button", { name: "Delete" }).press("Enter");
  await rules.showsOrder("Returns", "Prices", "Delivery");
  await rules.undo.press("Enter");
  await rules.showsOrder("Hours", "Returns", "Prices", "Person", "Delivery");
  await rules.bar.getByLabel("Position").press("Escape");
  await expect(rules.bar).toHaveCount(0);
  await expect(rules.select).toBeFocused();
  expect(await api.order(fern)).toHaveLength(5);
});

test("Undo of an older change goes with the next one", async ({ rules, api, fern }) => {
  await rules.open(fern);
  await rules.row("Returns").up.click();
  await expect(rules.toast).toContainText("“Returns” is now rule 4 of 5.");
  await rules.row("Prices").toggle.click();
  await expect(rules.row("Prices").toggle).not.toBeChecked();
  await expect(rules.toast).toHaveCount(0);
  expect(await api.order(fern)).toEqual(["Hours", "Prices", "Person", "Returns", "Delivery"]);
});

test("copied to another account, and a colleague's change meanwhile loses nothing", async ({ rules, api, fern, kettle }) => {
  const there = await api.order(kettle);
  await rules.open(fern, "?select=1");
  await rules.box("Prices").click();
  await rules.box("Person").click();
  await rules.bar.getByLabel("Copy to").selectOption({ label: "copperkettle.coffee" });
  await rules.bar.getByRole("button", { name: "Copy" }).click();
  await expect.poll(() => api.order(kettle)).toEqual([...there, "Prices", "Person"]);
  await rules.undo.click();
  await expect.poll(() => api.order(kettle)).toEqual(there);
  await rules.bar.getByRole("button", { name: "Delete" }).focus();
  await expect(rules.box("Prices")).toBeChecked();
});

test("nothing chosen is said, and nothing happens", async ({ rules, api, fern }) => {
  await rules.open(fern, "?select=1");
  await rules.bar.getByRole("button", { name: "Delete" }).click();
  await expect(rules.bar.getByRole("alert")).toContainText("Choose at least one rule.");
  expect(await api.order(fern)).toHaveLength(5);
});

test("as a plain form @nojs", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  await rules.select.click();
  await rules.box("Hours").check();
  await rules.box("Person").check();
  await rules.bar.getByRole("button", { name: "To the bottom" }).click();
  await expect(page.getByText("2 rules were moved to places 4 to 5 of 5.")).toBeVisible();
  expect(await api.order(fern)).toEqual(["Prices", "Delivery", "Returns", "Hours", "Person"]);
});

test("the bar fits the narrowest phone without scrolling sideways @phone", async ({ page, rules, fern }) => {
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 700 });
    await rules.open(fern, "?select=1");
    const wider = await rules.bar.locator("*").evaluateAll((parts) =>
      parts.filter((part) => part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1 && part.tagName !== "SELECT").map((part) => part.className),
    );
    expect(wider, `at ${width} px`).toEqual([]);
    const acts = rules.bar.locator(".chosen__acts > .btn");
    const heights = await acts.evaluateAll((buttons) => buttons.map((button) => Math.round(button.getBoundingClientRect().height)));
    expect(new Set(heights).size, `buttons of one height at ${width} px: ${heights}`).toBe(1);
    const sides = await acts.evaluateAll((buttons) =>
      buttons.map((button) => {
        const words = document.createRange();
        words.selectNodeContents(button);
        const [inner, outer] = [words.getBoundingClientRect(), button.getBoundingClientRect()];
        return Math.min(inner.left - outer.left, outer.right - inner.right);
      }),
    );
    expect(Math.min(...sides), `words away from the edges at ${width} px: ${sides}`).toBeGreaterThanOrEqual(3);
    await expectNoSidewaysScroll(page);
  }
});

test("what was just done is told where it covers neither the bar nor the places", async ({ page, rules, fern }) => {
  await rules.open(fern);
  await rules.select.click();
  await rules.box("Prices").click();
  await rules.bar.getByRole("button", { name: "Switch off" }).click();
  await expect(rules.toast).toBeVisible();
  for (const act of ["Select all", "Delete", "Copy"]) await rules.bar.getByRole("button", { name: act }).click({ trial: true });
  const toast = (await rules.toast.boundingBox())!;
  for (const bar of await page.locator(".chosen, .bottombar, .topbar").filter({ visible: true }).all()) {
    const { y, height } = (await bar.boundingBox())!;
    expect(toast.y >= y + height || toast.y + toast.height <= y, `the toast is beside ${await bar.getAttribute("class")}`).toBe(true);
  }
  await rules.undo.click();
  await expect(rules.row("Prices").toggle).toBeChecked();
});

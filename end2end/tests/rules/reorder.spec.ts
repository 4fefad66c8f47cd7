// Five ways to move a rule end in the same stored order: pointer, finger, keys on the handle, arrows, menu. The sixth, without
// JavaScript, is in journey.nojs.spec.ts.
import type { Page } from "@playwright/test";
import { expectAccessible, ready, said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";
import type { RuleLine, Rules } from "../../pages/rules.ts";

const five = ["One", "Two", "Three", "Four", "Five"].map((label) => ({ label, keywords: [label.toLowerCase()], canned: `${label}!` }));
const fourSecond = ["One", "Four", "Two", "Three", "Five"];
test.beforeEach(async ({ api, fern }) => void (await api.setRules(fern, five)));

/** The middle of a row's handle, and of the row that will be passed, in the window. */
async function places(line: RuleLine, above: RuleLine): Promise<{ x: number; from: number; to: number }> {
  await line.handle.scrollIntoViewIfNeeded();
  const handle = (await line.handle.boundingBox())!;
  const [row, target] = [(await line.item.boundingBox())!, (await above.item.boundingBox())!];
  const by = target.y + target.height / 2 - (row.y + row.height / 2) - 4;
  const from = handle.y + handle.height / 2;
  return { x: handle.x + handle.width / 2, from, to: from + by };
}

async function fourIsSecond(page: Page, rules: Rules, order: () => Promise<string[]>): Promise<void> {
  await rules.showsOrder(...fourSecond);
  await expect.poll(order).toEqual(fourSecond);
  await expect(said(page)).toHaveText(/Four (moved to 2 of 5|is now rule 2 of 5)\. Saved\./);
  await page.reload();
  await ready(page);
  await rules.showsOrder(...fourSecond);
}

test("a mouse drags a rule by its handle @desktop", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  const { x, from, to } = await places(rules.row("Four"), rules.row("Two"));
  await page.mouse.move(x, from);
  await page.mouse.down();
  await page.mouse.move(x, from - 10);
  await expect(said(page)).toHaveText("Picked up Four, position 4 of 5.");
  await expect(rules.dropLine).toHaveText("Drop here: rule 4 of 5");
  await page.mouse.move(x, to, { steps: 8 });
  await expect(rules.dropLine).toHaveText("Drop here: rule 2 of 5");
  await page.mouse.up();
  await expect(rules.dropLine).toBeHidden();
  await expect(rules.row("Four").handle).toBeFocused();
  await fourIsSecond(page, rules, () => api.order(fern));
});

test("a finger drags a rule by its handle, and scrolls the page everywhere else @phone", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  const { x, from, to } = await places(rules.row("Four"), rules.row("Two"));
  const finger = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", y?: number) =>
    finger.send("Input.dispatchTouchEvent", { type, touchPoints: y === undefined ? [] : [{ x, y }] });
  await touch("touchStart", from);
  for (let step = 1; step <= 8; step++) await touch("touchMove", from + ((to - from) * step) / 8);
  await expect(rules.dropLine).toHaveText("Drop here: rule 2 of 5");
  await touch("touchEnd");
  await fourIsSecond(page, rules, () => api.order(fern));
  await expect(rules.row("Four").handle).toHaveCSS("touch-action", "none");
  await expect(rules.row("Four").item).toHaveCSS("touch-action", "auto");
});

test("the keyboard lifts, aims and drops, and every step is spoken", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  const { handle } = rules.row("Four");
  await handle.focus();
  await page.keyboard.press("Space");
  await expect(said(page)).toHaveText("Picked up Four, position 4 of 5.");
  await page.keyboard.press("Home");
  await expect(said(page)).toHaveText("Rule 1 of 5.");
  await page.keyboard.press("ArrowDown");
  await expect(said(page)).toHaveText("Rule 2 of 5, after One.");
  await expect(rules.dropLine).toHaveText("Drop here: rule 2 of 5");
  await rules.showsOrder(...five.map((rule) => rule.label));
  await expectAccessible(page);
  await page.keyboard.press("Space");
  await expect(said(page)).toHaveText("Dropped. Four is now rule 2 of 5. Saved.");
  await expect(handle).toBeFocused();
  await fourIsSecond(page, rules, () => api.order(fern));
});

test("Escape, Tab and leaving put a lifted rule back", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  const { handle } = rules.row("Four");
  for (const leave of ["Escape", "Tab"]) {
    await handle.focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowUp");
    await expect(rules.dropLine).toHaveText("Drop here: rule 3 of 5");
    await page.keyboard.press(leave);
    await expect(said(page)).toHaveText("Cancelled. Four is back at 4 of 5.");
    await expect(rules.dropLine).toBeHidden();
  }
  await handle.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("End");
  await expect(said(page)).toHaveText("Rule 5 of 5, after Five.");
  await rules.main.getByRole("heading", { level: 1 }).click();
  await expect(rules.dropLine).toBeHidden();
  expect(await api.order(fern)).toEqual(five.map((rule) => rule.label));
});

test("Escape in the middle of a drag puts it back @desktop", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  const { x, from, to } = await places(rules.row("Four"), rules.row("Two"));
  await page.mouse.move(x, from);
  await page.mouse.down();
  await page.mouse.move(x, to, { steps: 4 });
  await expect(rules.dropLine).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(said(page)).toHaveText("Cancelled. Four is back at 4 of 5.");
  await page.mouse.up();
  await rules.showsOrder(...five.map((rule) => rule.label));
  expect(await api.order(fern)).toEqual(five.map((rule) => rule.label));
});

test("arrows: twice up", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  await rules.row("Four").up.click();
  await rules.row("Four").up.click();
  await expect(rules.row("Four").up).toBeFocused();
  await fourIsSecond(page, rules, () => api.order(fern));
});

test("the menu: to a position, to the top, to the bottom", async ({ page, rules, api, fern }) => {
  await rules.open(fern);
  // The menu of an upper rule covers no button of another.
  const one = rules.row("One");
  await one.more.click();
  await expect(one.menu).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(one.menu).toBeHidden();
  await expect(one.more).toBeFocused();
  const four = rules.row("Four");
  await four.more.click();
  await four.menu.getByRole("button", { name: "Move to bottom" }).click();
  await rules.showsOrder("One", "Two", "Three", "Five", "Four");
  await expect(four.more).toBeFocused();
  await four.more.click();
  await four.menu.getByRole("button", { name: "Move to top" }).click();
  await rules.showsOrder("Four", "One", "Two", "Three", "Five");
  await four.more.click();
  await four.menu.getByRole("spinbutton", { name: "Move to position" }).fill("2");
  await four.menu.getByRole("button", { name: "Move", exact: true }).click();
  await fourIsSecond(page, rules, () => api.order(fern));
});

test("a long list is searched, and keeps its order meanwhile", async ({ page, rules, api, fern }) => {
  const many = Array.from({ length: 12 }, (_, number) => ({ label: `Rule ${number + 1}`, keywords: [`word${number + 1}`], canned: `Answer ${number + 1}` }));
  await api.setRules(fern, many);
  await rules.open(fern);
  await rules.search.fill("WORD11");
  await rules.showsOrder("Rule 11");
  await expect(rules.main).toContainText("1 of 12 rules. Clear the search to change the order.");
  await rules.row("Rule 11").handle.focus();
  await page.keyboard.press("Space");
  await expect(said(page)).toHaveText("Clear the search to change the order.");
  await expect(rules.row("Rule 11").up).toHaveAttribute("aria-disabled", "true");
  await rules.search.fill("");
  await rules.showsOrder(...many.map((rule) => rule.label));
});

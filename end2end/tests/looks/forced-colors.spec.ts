// Colours of the reader's own choice: what is chosen still looks chosen.
import type { Locator } from "@playwright/test";
import { FERN } from "../../fixtures/demo.ts";
import { expect, test } from "../../fixtures/test.ts";

/** The computed style tells the page's own colour; it is shown only where it is not forced to another. */
const background = (element: Locator): Promise<string> =>
  element.evaluate((it) => {
    const { forcedColorAdjust, backgroundColor } = getComputedStyle(it) as CSSStyleDeclaration & { forcedColorAdjust: string };
    return forcedColorAdjust === "none" ? backgroundColor : "forced";
  });

test("the chosen page, theme and kind of message stand out in forced colours @desktop", async ({ page, rules, kettle }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await rules.open(kettle);
  expect(await background(rules.place("Instagram"))).not.toBe(await background(rules.place("Messages")));
  const theme = (name: string) => page.getByRole("button", { name, exact: true });
  await theme("Dark").click();
  await expect(theme("Dark")).toHaveAttribute("aria-pressed", "true");
  expect(await background(theme("Dark"))).not.toBe(await background(theme("Light")));
  const kind = (name: string) => page.getByRole("form", { name: "Try a message" }).locator("label").filter({ hasText: new RegExp(`^${name}$`) });
  expect(await background(kind("Text"))).not.toBe(await background(kind("Image")));
  await theme("Same as system").click();
});

test("what the colours of bars mean, and which switches are on, can be told in forced colours @desktop", async ({ page, rules, api, fern, sandbox, word }) => {
  const [on, off] = ["On", "Off"].map((label) => ({ label, keywords: [label], canned: "Hello." }));
  const ids = await api.setRules(fern, [on!, off!]);
  await api.post("rules/toggle", { account: fern, rule: ids[1]!, enabled: false });
  await api.setDefaultReply(fern, "Thank you.");
  await api.switchOn(fern);
  await sandbox.dm(FERN, word, "A bar for the chart");
  await sandbox.received(FERN, word, "Thank you.");
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto("/admin");
  const meanings = page.locator(".legend .key");
  expect(await background(meanings.first())).not.toBe(await background(meanings.last()));
  await rules.open(fern);
  const tracks = (on: boolean) => page.locator(`.switch[aria-checked="${on}"] .switch__track`);
  expect(await background(tracks(true).first())).not.toBe(await background(tracks(false).first()));
});

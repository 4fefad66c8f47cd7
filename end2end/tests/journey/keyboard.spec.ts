// The main journey without a mouse: everything is reached by Tab, opened by Enter, and the focus is never lost.
import { KETTLE } from "../../fixtures/demo.ts";
import { ready, said, tabTo } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ signedIn: false });

test.afterEach(async ({ api, kettle, word }) => {
  for (const { rule } of (await api.rules(kettle)).rules) {
    if (rule.label.includes(word)) await api.deleteRule(kettle, rule.id);
  }
});

test("the journey by keyboard alone @desktop", async ({ page, signIn, overview, accounts, account, rules, chat, api, kettle, word }) => {
  const { keyboard } = page;
  const reply = `Typed on a keyboard. ${word}`;
  await signIn.open();
  await tabTo(page, signIn.button);
  await keyboard.press("Enter");
  await expect(overview.title).toBeAttached();
  await ready(page);

  // The skip link is the first stop, and skips.
  await keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await keyboard.press("Enter");
  await expect.soft(overview.main).toBeFocused();

  await tabTo(page, overview.place("Instagram"), 120);
  await keyboard.press("Enter");
  await tabTo(page, accounts.card(KETTLE.username).getByRole("link", { name: `Open ${KETTLE.username}` }));
  await keyboard.press("Enter");
  await tabTo(page, account.defaultReply.text);
  await keyboard.press("Enter");
  await expect(account.defaultReply.field).toBeFocused();
  await keyboard.press("ControlOrMeta+A");
  await keyboard.type(`By hand. ${word}`);
  await keyboard.press("Control+Enter");
  await account.defaultReply.says(`By hand. ${word}`);
  await expect(account.defaultReply.text).toBeFocused();

  await tabTo(page, account.rules.first(), 120);
  await keyboard.press("Enter");
  await tabTo(page, rules.add);
  await keyboard.press("Enter");
  await expect(rules.newRule.name).toBeFocused();
  await keyboard.type(`Keys ${word}`);
  await tabTo(page, rules.newRule.keyword);
  await keyboard.type(`${word},`);
  await expect(rules.newRule.chips).toHaveText([word]);
  await tabTo(page, rules.newRule.text);
  await keyboard.type(reply);
  await keyboard.press("Control+Enter");
  const row = rules.row(`Keys ${word}`);
  await expect(row.item).toBeVisible();
  const last = (await api.order(kettle)).length;

  await tabTo(page, row.title, 120);
  await keyboard.press("Alt+ArrowUp");
  await expect(said(page)).toContainText(`Keys ${word} moved to ${last - 1} of ${last}.`);
  await expect(row.title).toBeFocused();
  await expect.poll(() => api.order(kettle)).toEqual(expect.arrayContaining([`Keys ${word}`]));
  await expect.poll(async () => (await api.order(kettle)).indexOf(`Keys ${word}`)).toBe(last - 2);

  await chat.open(KETTLE, "der.fahrradbote");
  await tabTo(chat.page, chat.box);
  await chat.page.keyboard.type(`Hello ${word}`);
  await chat.page.keyboard.press("Enter");
  await expect(chat.log.getByText(reply, { exact: true })).toBeVisible();

  await page.bringToFront();
  await tabTo(page, row.more, 120);
  await keyboard.press("Enter");
  await tabTo(page, row.remove);
  await keyboard.press("Enter");
  await expect(row.item).toHaveCount(0);
  await expect(said(page)).toHaveText(`Keys ${word} deleted. Undo available.`);
  await expect(page.locator("body")).not.toBeFocused();
  await tabTo(page, rules.undo, 120);
  await keyboard.press("Enter");
  await expect(row.title).toBeFocused();
});

// What a newcomer does in the first five minutes: sign in, say what is sent, add a rule, write a DM, see the reply.
import { KETTLE } from "../../fixtures/demo.ts";
import { ready } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ signedIn: false });

test.afterEach(async ({ api, kettle, word }) => {
  await api.setDefaultReply(kettle, "Thanks for your message! We answer within a day.");
  for (const { rule } of (await api.rules(kettle)).rules) {
    if (rule.label.includes(word)) await api.deleteRule(kettle, rule.id);
  }
});

test("from the sign-in to the first answered DM", async (
  { signIn, overview, accounts, account, rules, messages, credits, chat, api, kettle, word, isMobile },
) => {
  const customer = isMobile ? "oliva.verde" : "yuki.maps";
  const reply = `Your parcel ${word} is on its way.`;
  const fallback = `Thank you, we read everything. ${word}`;

  await signIn.open();
  await expect(signIn.email).toHaveValue("demo@concierge.example");
  await signIn.button.click();
  await expect(overview.title).toBeAttached();
  await ready(overview.page);
  const left = await api.credits();
  await overview.showsCredits(left);

  await overview.go("Instagram");
  await accounts.enter(KETTLE.username);
  await account.defaultReply.edit();
  await account.defaultReply.field.fill(fallback);
  await account.defaultReply.save.click();
  await account.defaultReply.says(fallback);

  await account.rules.first().click();
  const editor = await rules.startNew();
  await editor.fill(`Parcel ${word}`, [word], reply);
  await editor.save.click();
  await expect(rules.row(`Parcel ${word}`).item).toContainText(`Keywords: ${word}`);
  const position = (await api.order(kettle)).length;

  await chat.open(KETTLE, customer);
  await chat.write(`Where is my parcel ${word}?`);
  await expect(chat.log.getByText(reply, { exact: true })).toBeVisible();
  await expect(chat.log).toContainText(`Rule ${position}, Parcel ${word} · found “${word}” · 1 credit`);
  await chat.write(`Something else entirely, ${customer}.`);
  await expect(chat.log.getByText(fallback, { exact: true })).toBeVisible();

  // The admin's page was open all the time: it has heard of it.
  await rules.showsCredits(left - 2);
  await rules.go("Messages");
  const row = messages.row(`Rule ${position}, Parcel ${word}`);
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Sent");
  await expect(row).toContainText(KETTLE.username);
  if (!isMobile) await expect(row.getByRole("cell").nth(4)).toHaveText("−1");

  await messages.go("Credits");
  await expect(credits.balance).toContainText(`${left - 2}`);
  await expect(credits.rows.first()).toContainText("Reply to");
  await expect(credits.rows.filter({ hasText: `${KETTLE.username}, Rule ${position}` }).first()).toContainText("−1");
});

// What people write is text, also where it looks like a page.
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

test("markup in a reply or in a file is shown as it was written", async ({ page, account, rules, transfer, api, fern }) => {
  const text = "\nFish & chips: 5 < 6 </textarea><h1>Out</h1> &lt;b&gt;";
  await api.setDefaultReply(fern, text.trim());
  await account.open(fern, "?edit=default");
  await expect(account.defaultReply.field).toHaveValue(text.trim());
  await api.setRules(fern, [{ label: "Menu", keywords: ["menu"], canned: text.trim() }]);
  const rule = (await api.rules(fern)).rules[0]?.rule;
  await rules.open(fern, `?edit=${rule!.id}`);
  await expect(rules.editor("Menu").text).toHaveValue(text.trim());
  await transfer.open(fern);
  await transfer.text.fill(text);
  await transfer.look.click();
  await expect(transfer.problems).toContainText("This is not a file of Concierge");
  await expect(transfer.text).toHaveValue(text);
  await expect(page.getByRole("heading", { name: "Out" })).toHaveCount(0);
});

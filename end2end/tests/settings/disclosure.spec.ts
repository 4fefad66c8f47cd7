// The line that says that replies are automated: set for the workspace, put before the first reply of a conversation.
import { FERN } from "../../fixtures/demo.ts";
import { expectAccessible, expectNoSidewaysScroll, ready, said } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ ownDemo: "rules" });

const line = "This is an automated assistant.";
test.beforeEach(async ({ api, fern }) => {
  await api.setRules(fern, []);
  await api.setDefaultReply(fern, "Thank you.");
  await api.switchOn(fern);
  await api.post("settings/disclosure", { disclosure: "" });
});
test.afterEach(({ api }) => api.post("settings/disclosure", { disclosure: "" }));

test("a customer reads it before the first reply, and not before the second", async ({ page, settings, sandbox, word }) => {
  await settings.open();
  await expect(settings.main).toContainText("Replies are sent without such a line.");
  await settings.disclosure.fill(line);
  await expect(settings.disclosure).toHaveAccessibleDescription(/^31 of 300 bytes/);
  await expect(settings.main).toContainText(`${line} Hello! We are open`);
  await settings.saveDisclosure.click();
  await expect(said(page)).toHaveText("The line is saved.");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.reload();
  await ready(page);
  await expect(settings.disclosure).toHaveValue(line);

  await sandbox.dm(FERN, word, "Hello");
  await sandbox.received(FERN, word, `${line}\n\nThank you.`);
  await sandbox.dm(FERN, word, "Hello again");
  await sandbox.received(FERN, word, "Thank you.");
});

test("one that is too long, or that leaves no room for a reply, is refused beside the field", async ({ settings, api, fern }) => {
  await api.setDefaultReply(fern, "a".repeat(990));
  await settings.open();
  await settings.disclosure.fill("é".repeat(151));
  await settings.saveDisclosure.click();
  await expect(settings.disclosure).toHaveAccessibleDescription(/Your line is 302 of 300 bytes/);
  await expect(settings.disclosure).toBeFocused();
  await settings.disclosure.fill(line);
  await expect(settings.disclosure).not.toHaveAttribute("aria-invalid", "true");
  await settings.saveDisclosure.click();
  await expect(settings.disclosure).toHaveAttribute("aria-invalid", "true");
  await expect(settings.disclosure).toHaveAccessibleDescription(/^Default reply: with the line/);
  await expect(settings.disclosure).toHaveValue(line);
});

test("the page is not left with a line that is not saved, unless one says so @desktop", async ({ page, settings }) => {
  const messages = page.getByRole("link", { name: "Messages", exact: true }).first();
  await settings.open();
  await settings.disclosure.fill(line);
  const question = page.waitForEvent("dialog");
  const click = messages.click();
  const asked = await question;
  expect(asked.message()).toBe("What you wrote is not saved yet, and is lost with this page. Leave it?");
  await asked.dismiss();
  await click;
  await expect(settings.disclosure).toHaveValue(line);
  await settings.saveDisclosure.click();
  await expect(said(page)).toHaveText("The line is saved.");
  await messages.click();
  await expect(page).toHaveURL(/\/admin\/messages/);
});

// From the address that `make run` prints to the first reply: three clicks, and no address is typed.
import { expect, test } from "../../fixtures/test.ts";
import { SandboxChat } from "../../pages/sandbox-chat.ts";

test.use({ ownDemo: "first-reply", signedIn: false });

test("three clicks lead from the sign-in to the first reply", async ({ page, context, demo, overview }) => {
  let clicks = 0;
  const click = async (target: ReturnType<typeof page.getByRole>): Promise<void> => {
    clicks += 1;
    await target.click();
  };
  await page.goto(demo.admin);
  await click(page.getByRole("button", { name: "Sign in to the demo" }));
  const card = overview.checklist(/^Set up/);
  const account = (await card.getByRole("heading").innerText()).replace("Set up ", "");
  const opened = context.waitForEvent("page");
  await click(card.getByRole("link", { name: /^Open the chat/ }));
  const chat = new SandboxChat(await opened, demo.sandbox.address);
  await expect(chat.page, "it writes to the account that is being set up").toHaveTitle(new RegExp(` to ${account.replaceAll(".", "\\.")} `));
  await click(chat.page.getByRole("button", { name: "Price", exact: true }));
  await expect(chat.log).toContainText("1 credit");
  expect(clicks).toBe(3);
  await expect(overview.checklist(/(^Set up|is ready to answer$)/).getByText("Done: Can send")).toBeAttached();
});

test("on a phone the chat stays within reach, in the menu at the top @phone", async ({ page, context, demo, overview, api }) => {
  await context.addCookies(api.session.cookies);
  await overview.open();
  await overview.openMenu();
  const opened = context.waitForEvent("page");
  await page.getByRole("banner").getByRole("link", { name: /^Open the chat/ }).click();
  await expect(await opened).toHaveURL(demo.sandbox.address);
});

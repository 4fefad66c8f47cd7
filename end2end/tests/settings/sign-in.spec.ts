// The door: wrong words, waiting, coming back to where one wanted to go, and going out.
import { DEMO } from "../../fixtures/demo.ts";
import { ready } from "../../fixtures/page.ts";
import { expect, test } from "../../fixtures/test.ts";

test.use({ signedIn: false });

test("a wrong password is said beside the field, and the e-mail stays", async ({ signIn, word }) => {
  await signIn.open();
  await signIn.as(`${word}@example.com`, "not-the-password");
  await expect(signIn.password).toHaveAttribute("aria-invalid", "true");
  await expect(signIn.password).toHaveAccessibleDescription(/do not belong together/);
  await expect(signIn.password).toBeFocused();
  await expect(signIn.email).toHaveValue(`${word}@example.com`);
});

test("a password can be shown while it is typed, by keyboard too, and is hidden when it is sent", async ({ page, signIn, word }) => {
  await signIn.open();
  await signIn.email.fill(`${word}@example.com`);
  await signIn.password.fill("a long sentence");
  await page.keyboard.press("Tab");
  const show = page.getByRole("button", { name: "Show what is typed as password" });
  await expect(show).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(signIn.password).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "Hide what is typed as password" }).click();
  await expect(signIn.password).toHaveAttribute("type", "password");
  await show.click();
  await signIn.button.click();
  await expect(signIn.password).toHaveAttribute("aria-invalid", "true");
  await expect(signIn.password).toHaveAttribute("type", "password");
  await expect(signIn.password).toHaveValue("a long sentence");
});

test("too many wrong tries lead to a wait that is said in words", async ({ signIn, word }) => {
  await signIn.open();
  for (let tries = 1; tries <= 5; tries++) {
    const answer = signIn.page.waitForResponse("**/api/session/login");
    await signIn.as(`${word}@example.com`, `wrong-${tries}`);
    expect((await answer).status()).toBe(422);
  }
  const answer = signIn.page.waitForResponse("**/api/session/login");
  await signIn.as(`${word}@example.com`, "wrong again");
  expect((await answer).status()).toBe(429);
  await expect(signIn.alert).toContainText(/Too many attempts\. Try again in \d+ seconds\./);
  await expect(signIn.alert).toContainText(/You can try again in \d+ s\./);
  await expect(signIn.email).toHaveValue(`${word}@example.com`);
});

for (const path of ["/admin", "/admin/instagram", "/admin/messages?outcome=failed", "/admin/credits", "/admin/settings"]) {
  test(`${path} asks for a sign-in and is there afterwards`, async ({ page, signIn }) => {
    await page.goto(path);
    await ready(page);
    await expect(page).toHaveURL(`/login?next=${encodeURIComponent(path)}`);
    await signIn.button.click();
    await expect(page).toHaveURL(path);
  });
}

test("the address to go to afterwards is one of ours, whatever the link says", async ({ page, signIn }) => {
  await signIn.open("https://example.com/admin");
  await signIn.button.click();
  await expect(page).toHaveURL("/admin");
});

test("signing out ends the session everywhere on this device", async ({ page, context, signIn, overview }) => {
  await signIn.open();
  await signIn.as(DEMO.email, DEMO.password);
  await expect(overview.title).toBeAttached();
  await ready(page);
  const other = await context.newPage();
  await other.goto("/admin/credits");
  await ready(other);
  await overview.openMenu();
  await page.getByRole("button", { name: "Sign out" }).filter({ visible: true }).click();
  await expect(page).toHaveURL("/login");
  // Its stream ends with the session, so it asks again, and nobody is signed in.
  await expect(other).toHaveURL(/\/login\?next=/);
});

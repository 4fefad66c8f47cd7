// The page lives in somebody else's browser: extensions put things into it, take things away and translate it, before it is hydrated and
// afterwards. It goes on, loses nothing that was typed and shows no word that is no longer true.
import { FERN } from "../../fixtures/demo.ts";
import { changeBeforeHydration, changeNames, changeNow, changeWhileReading } from "../../fixtures/extensions.ts";
import { ready, said } from "../../fixtures/page.ts";
import { furnish, scenes } from "../../fixtures/scenes.ts";
import { Held } from "../../fixtures/slow.ts";
import { expect, test } from "../../fixtures/test.ts";
import type { Page } from "@playwright/test";
import type { Account } from "../../pages/account.ts";
import { Frame } from "../../pages/frame.ts";
import type { Settings } from "../../pages/settings.ts";

test.use({ ownDemo: "foreign-changes" });

let furnished = false;
test.beforeEach(async ({ api, sandbox, kettle, fern }) => {
  if (!furnished) await furnish({ api, sandbox, kettle, fern });
  furnished = true;
});
test.afterEach(({ api, fern }) => api.switchOn(fern));

/** The switch toggles, and every word that depends on it follows. */
const switchWorks = async (account: Account): Promise<void> => {
  const word = account.autoReply.locator(".switch__word");
  await expect(word).toHaveText("On");
  await account.autoReply.click();
  await expect(account.autoReply).not.toBeChecked();
  await expect(word).toHaveText("Off");
  await expect(account.main).toContainText("Auto-reply off.");
  await expect(said(account.page)).toHaveText(`Auto-reply of ${FERN.username} is off.`);
  await account.autoReply.click();
  await expect(account.autoReply).toBeChecked();
  await expect(word).toHaveText("On");
  await expect(account.main).not.toContainText("Auto-reply off.");
};
const savesInPlace = async (settings: Settings, line: string): Promise<void> => {
  await settings.page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await settings.saveDisclosure.click();
  await expect(said(settings.page)).toContainText("saved");
  expect(await settings.page.evaluate(() => "sameDocument" in window), "the form was sent without leaving the page").toBe(true);
  await settings.page.reload();
  await ready(settings.page);
  await expect(settings.disclosure).toHaveValue(line);
};
/** A link leads to its page without a load: the app runs. */
const linksWork = async (frame: Frame): Promise<void> => {
  const { page } = frame;
  page.on("dialog", (dialog) => dialog.accept());
  await ready(page);
  await page.keyboard.press("Escape");
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await frame.go(page.url().includes("/credits") ? "Persona" : "Credits");
  expect(await page.evaluate(() => "sameDocument" in window), "the link was followed without leaving the page").toBe(true);
};

/** What was changed could be taken back: the page was hydrated as it is, not drawn anew. */
const wasHydrated = async (page: Page): Promise<void> => {
  expect(await page.evaluate(() => sessionStorage.getItem("concierge:draw-anew")), "the page was not drawn anew").toBeNull();
};

for (const change of changeNames) {
  test(`${change} before the page is hydrated @desktop`, async ({ page, settings, account, fern }) => {
    await changeBeforeHydration(page, change);
    const script = await Held.at(page, "**/*.wasm");
    await page.goto("/admin/settings");
    await settings.disclosure.fill(`Typed early, ${change}.`);
    await script.letGo();
    await ready(page);
    await wasHydrated(page);
    await expect(settings.disclosure).toHaveValue(`Typed early, ${change}.`);
    await expect(settings.disclosure).toBeFocused();
    await savesInPlace(settings, `Typed early, ${change}.`);
    await account.open(fern);
    await switchWorks(account);
  });

  test(`${change} when the page is hydrated @desktop`, async ({ page, settings, account, fern }) => {
    await account.open(fern);
    await changeNow(page, change);
    await switchWorks(account);
    await account.go("Settings");
    await settings.disclosure.fill(`Typed late, ${change}.`);
    await changeNow(page, change);
    await expect(settings.disclosure).toHaveValue(`Typed late, ${change}.`);
    await savesInPlace(settings, `Typed late, ${change}.`);
  });
}

test("a translation is put aside when the reader asks for the original, and comes back @desktop", async ({ page, account, fern }) => {
  await account.open(fern);
  const before = await account.main.textContent();
  await changeNow(page, "translation");
  await page.evaluate(() => document.querySelectorAll("body font > font").forEach((inner) => inner.parentElement!.replaceWith(inner.textContent!)));
  await expect(page.locator("font")).toHaveCount(0);
  await changeNow(page, "translation");
  expect(await account.main.textContent()).toBe(before);
  await switchWorks(account);
});

test("an extension that is faster than the browser: the page is drawn anew with what was typed @desktop", async ({ page, settings, account, fern }) => {
  await changeWhileReading(page);
  const script = await Held.at(page, "**/*.wasm");
  await page.goto("/admin/settings");
  await settings.disclosure.fill("Typed too early.");
  await script.letGo();
  await ready(page);
  await expect(settings.disclosure).toHaveValue("Typed too early.");
  await expect(settings.disclosure).toBeFocused();
  await expect(page.getByRole("main")).toHaveCount(1);
  await savesInPlace(settings, "Typed too early.");
  await account.open(fern);
  await switchWorks(account);
});

test.describe("nothing helps", () => {
  test.use({ expectedErrors: [/unreachable/] });

  test("the page says so, and its forms save plainly @desktop", async ({ page, settings }) => {
    await changeWhileReading(page);
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      };
    });
    await page.goto("/admin/settings");
    await expect(page.getByRole("alert").filter({ hasText: "Its forms still save." })).toBeVisible();
    await settings.disclosure.fill("Saved plainly.");
    await settings.saveDisclosure.click();
    await expect(page.getByRole("status").filter({ hasText: "saved" })).toBeVisible();
    await expect(settings.disclosure).toHaveValue("Saved plainly.");
  });

  test("so it does when the app ends later @desktop", async ({ page, account, fern }) => {
    await account.open(fern);
    await page.evaluate(() => {
      dispatchEvent(new ErrorEvent("error", { error: new WebAssembly.RuntimeError("unreachable"), cancelable: true }));
    });
    await expect(page.getByRole("alert").filter({ hasText: "Its forms still save." })).toBeVisible();
    await account.autoReply.click();
    await expect(page.getByRole("status").filter({ hasText: "off" })).toBeVisible();
    await expect(account.autoReply).not.toBeChecked();
  });
});

/** Each page once, and the states that a page builds in the browser: editors, questions, the simulator. */
const builtInTheBrowser = /^(account--(edit|disconnect)|rules--(edit|intent|try|undo|conflict)|rules-transfer--import|connect--(choose|done)|menu)$/;
const pages = scenes.filter(({ name }) => !name.startsWith("sandbox-") && (!name.includes("--") || builtInTheBrowser.test(name)));
for (const scene of pages) {
  test.describe(scene.name, () => {
    test.use({ signedIn: scene.signedIn ?? true });

    test(`${scene.name} with three extensions and a translation, before and after it is hydrated @desktop`, async ({ page, api, sandbox, kettle, fern }) => {
      const world = { page, api, sandbox, kettle, fern };
      await changeBeforeHydration(page, ...changeNames);
      await scene.open(world);
      await ready(page);
      await wasHydrated(page);
      await changeNow(page, ...changeNames);
      await scene.after?.(world);
      if (scene.signedIn ?? true) await linksWork(new Frame(page));
      await expect(page.getByRole("alert").filter({ hasText: "cannot update itself" })).toHaveCount(0);
    });
  });
}

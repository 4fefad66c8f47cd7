// Every page and every important state, in light, dark and forced colours, on a desktop and on a phone: nothing for axe to find, nothing that sticks
// out at 320 or 1600 pixels, and a picture in screenshots/ for people to look at beside the mock-ups.
import { expectAccessible, expectNoSidewaysScroll, picture } from "../../fixtures/page.ts";
import { furnish, scenes } from "../../fixtures/scenes.ts";
import { test } from "../../fixtures/test.ts";

test.use({ ownDemo: "looks" });

let furnished = false;
test.beforeEach(async ({ api, sandbox, kettle, fern }) => {
  if (!furnished) await furnish({ api, sandbox, kettle, fern });
  furnished = true;
});

for (const scene of scenes) {
  test.describe(scene.name, () => {
    test.use({ signedIn: scene.signedIn ?? true });

    test(`${scene.name} in light and dark`, async ({ page, api, sandbox, kettle, fern, viewport }) => {
      const world = { page, api, sandbox, kettle, fern };
      const size = viewport ?? { width: 1280, height: 800 };
      await scene.open(world);
      for (const theme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: theme });
        // Dark is the same page in other colours.
        await expectAccessible(page, theme === "dark" ? "color-contrast" : undefined);
        await expectNoSidewaysScroll(page);
        await picture(page, `${scene.name}-${size.width}-${theme}`);
      }
      await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
      await picture(page, `${scene.name}-${size.width}-forced`);
      await page.emulateMedia({ forcedColors: "none" });
      // 400 % zoom of a desktop, which is the narrowest phone too, and a wide screen.
      await page.setViewportSize(size.width < 640 ? { width: 320, height: 256 } : { width: 1600, height: 900 });
      await expectNoSidewaysScroll(page);
      await scene.after?.(world);
    });
  });
}
